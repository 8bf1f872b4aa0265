package import Episodes

// Dimension key
//   N  examples in an episode      D  dimension of an input      F  features of an input

/// Another learner that sees features of the inputs in their place.
///
/// Where targets are linear in known features, linear learners are optimal on them.
package struct FeatureLearner<Learner: InContextLearner>: InContextLearner {
  package let learner: Learner
  package let name: String
  private let features: @Sendable (_ inputs: [Float]) -> [Float]

  /// - Parameters:
  ///   - learner: sees the features.
  ///   - name: what the features are, such as `Squares`; reports list `leastSquaresOnSquares`.
  ///   - features: from the inputs of an episode, `[N, D]`, to `[N, F]`, each row from its own input
  ///     alone.
  package init(
    _ learner: Learner, on name: String,
    features: @escaping @Sendable (_ inputs: [Float]) -> [Float]
  ) {
    self.learner = learner
    self.name = "\(learner.name)On\(name)"
    self.features = features
  }

  /// - Complexity: that of the learner for `F` dimensions, and a copy of the episodes.
  package func predictions(for episodes: [Episode]) throws -> [Float] {
    try learner.predictions(for: episodes.map(mapped))
  }

  func mapped(_ episode: Episode) -> Episode {
    Episode(
      inputs: features(episode.inputs), targets: episode.targets, of: episode.shape.target)
  }
}
