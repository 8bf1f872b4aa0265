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

  /// The products of the derivatives of the features by each coordinate of an input, by central
  /// differences, with some slopes.
  ///
  /// Features are computed in single precision; a step of 2⁻⁷ of the input leaves five digits, and is
  /// exact for squares.
  ///
  /// - Parameters:
  ///   - slopes: `[F]`
  ///   - input: `[D]`
  /// - Returns: `[D]`
  func slopeProducts(_ slopes: [Double], at input: [Float]) -> [Double] {
    let length = input.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let step = 0x1p-7 * (length > 0 ? length : 1)
    return input.indices.map { axis in
      var (above, below) = (input, input)
      above[axis] += step
      below[axis] -= step
      let differences = zip(features(above), features(below)).map { Double($0) - Double($1) }
      return zip(slopes, differences).reduce(0) { $0 + $1.0 * $1.1 }
        / (Double(above[axis]) - Double(below[axis]))
    }
  }

  func mapped(_ episode: Episode) -> Episode {
    Episode(
      inputs: features(episode.inputs), targets: episode.targets, of: episode.shape.target)
  }
}
