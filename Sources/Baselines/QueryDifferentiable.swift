package import Episodes

// Dimension key
//   E  episodes      D  dimension of an input

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
}
