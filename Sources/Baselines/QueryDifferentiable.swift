package import Episodes

// Dimension key
//   E  episodes      D  dimension of an input      C  width of a prediction

/// A learner of real targets that says how its prediction changes with the query.
package protocol QueryDifferentiable: InContextLearner {
  /// Whether the prediction is an affine function of the query: then its sensitivities are the weights
  /// of that function, the same for every query.
  var isAffineInQuery: Bool { get }

  /// The sensitivity of the prediction of one example to its own input, `∂ŷ_k / ∂x_k`.
  ///
  /// - Parameters:
  ///   - example: `k`; the examples before it are the context.
  ///   - episodes: `E` of one shape, with real targets.
  /// - Returns: `[E, D]`
  /// - Throws: as ``InContextLearner/predictions(for:)``.
  func sensitivities(of example: Int, in episodes: [Episode]) throws -> [Double]

  /// What the learner predicts for one example, `[E, C]`.
  ///
  /// - Parameters:
  ///   - example: the examples before it are the context; those behind it do not matter.
  ///   - episodes: `E` of one shape.
  /// - Throws: as ``InContextLearner/predictions(for:)``.
  func predictions(of example: Int, in episodes: [Episode]) throws -> [Float]
}

extension QueryDifferentiable {
  package func predictions(of example: Int, in episodes: [Episode]) throws -> [Float] {
    let predictions = try predictions(for: episodes.map { $0.prefix(example + 1) })
    return episodes.indices.flatMap { index in
      let width = episodes[index].shape.target.width
      let end = (index + 1) * (example + 1) * width
      return predictions[end - width..<end]
    }
  }
}
