package import Episodes

// Dimension key
//   N  examples in an episode      D  dimension of an input

/// Another learner that sees what a known function leaves of real targets.
///
/// Where weights have a mean that is known, its function is taken away and the rest has weights of
/// mean zero, for which linear learners are made.
package struct ResidualLearner: InContextLearner {
  package let name: String
  private let learner: any InContextLearner
  private let function: @Sendable (_ inputs: [Float]) -> [Float]

  /// - Parameters:
  ///   - learner: sees the rest.
  ///   - name: what is taken away, such as `Mean`; reports list `leastSquaresAroundMean`.
  ///   - function: from the inputs of an episode, `[N, D]`, to `[N]`, each value from its own input
  ///     alone.
  package init(
    _ learner: any InContextLearner, around name: String,
    function: @escaping @Sendable (_ inputs: [Float]) -> [Float]
  ) {
    self.learner = learner
    self.name = "\(learner.name)Around\(name)"
    self.function = function
  }

  /// - Complexity: that of the learner, and a copy of the episodes.
  package func predictions(for episodes: [Episode]) throws -> [Float] {
    let known = episodes.map { function($0.inputs) }
    let rests = zip(episodes, known).map { episode, values in
      Episode(
        inputs: episode.inputs, targets: zip(episode.targets, values).map { $0 - $1 },
        of: episode.shape.target)
    }
    return zip(try learner.predictions(for: rests), known.joined()).map { $0 + $1 }
  }
}
