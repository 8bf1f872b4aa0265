import Episodes

// Dimension key
//   E  episodes      D  dimension of an input

/// Sensitivities of a prediction to its query, from predictions alone.
enum QueryDifferences {
  /// The prediction for the last example of an episode.
  typealias Prediction = @Sendable (_ episode: Episode) throws -> Double

  /// Of a learner whose prediction is an affine function of the query: the differences to its
  /// prediction at zero are exact.
  ///
  /// - Returns: `[E, D]`
  /// - Complexity: `D + 1` predictions for an episode.
  static func affine(
    of example: Int, in episodes: [Episode], _ predict: Prediction
  ) throws -> [Double] {
    try concurrentMap(count: episodes.count) { index in
      let episode = episodes[index]
      var query = [Float](repeating: 0, count: episode.shape.inputDimension)
      let origin = try predict(episode.context(example, query: query))
      return try query.indices.map { axis in
        query[axis] = 1
        defer { query[axis] = 0 }
        return try predict(episode.context(example, query: query)) - origin
      }
    }.flatMap(\.self)
  }

  /// Of any learner: central differences around the query.
  ///
  /// - Parameter step: as a share of the root mean square of the inputs of the episode. The error
  ///   grows with its square, and that of rounding falls with it.
  /// - Returns: `[E, D]`
  /// - Complexity: `2 D` predictions for an episode.
  static func central(
    of example: Int, in episodes: [Episode], step: Float, _ predict: Prediction
  ) throws -> [Double] {
    try concurrentMap(count: episodes.count) { index in
      let episode = episodes[index]
      let step = step * scale(of: episode)
      var query = Array(episode.input(of: example))
      return try query.indices.map { axis in
        let number = query[axis]
        defer { query[axis] = number }
        let (above, below) = (number + step, number - step)
        query[axis] = above
        let higher = try predict(episode.context(example, query: query))
        query[axis] = below
        let lower = try predict(episode.context(example, query: query))
        // As far as the numbers lie apart, not as far as they should.
        return (higher - lower) / (Double(above) - Double(below))
      }
    }.flatMap(\.self)
  }

  /// The root mean square of the inputs; 1 where all are zero.
  static func scale(of episode: Episode) -> Float {
    let squares = episode.inputs.reduce(0) { $0 + $1 * $1 }
    return squares > 0 ? (squares / Float(episode.inputs.count)).squareRoot() : 1
  }
}
