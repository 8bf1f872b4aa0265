import Episodes

// Dimension key
//   N  examples in an episode      D  dimension of an input

/// Linear regression with a penalty: `w` minimises `Σ (yᵢ - w · xᵢ)² + penalty · |w|²`.
///
/// With `w ~ N(0, I)` and noise of variance `penalty` this is the posterior mean, the Bayes-optimal
/// prediction.
///
/// Source: Raventós et al. 2023, section 2, <https://arxiv.org/abs/2306.15063>.
package struct RidgeRegression: EpisodeLearner {
  package let penalty: Double

  /// - Parameter penalty: positive.
  package init(penalty: Double) {
    precondition(penalty > 0, "Ridge regression needs a positive penalty.")
    self.penalty = penalty
  }

  package var name: String { "ridge" }

  /// - Complexity: O(N · D²)
  func predictions(of episode: Episode) -> [Double] {
    var fit = LeastSquaresFit(dimension: episode.shape.inputDimension, penalty: penalty)
    return fit.predictions(of: episode)
  }
}
