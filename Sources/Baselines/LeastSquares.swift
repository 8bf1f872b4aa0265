import Episodes

// Dimension key
//   N  examples in an episode      D  dimension of an input      k  examples in a context

/// Linear regression by least squares; the solution of least norm while examples are few.
///
/// The Bayes-optimal learner of noiseless linear regression with `x ~ N(0, I)`: its normalised
/// error is `1 - k/D` after `k < D` examples, then zero.
///
/// Source: Garg et al. 2022, section 3.1, <https://arxiv.org/abs/2208.01066>.
package struct LeastSquares: EpisodeLearner {
  package init() {}

  package var name: String { "leastSquares" }

  /// - Complexity: O(N · D²)
  func predictions(of episode: Episode) -> [Double] {
    var fit = LeastSquaresFit(dimension: episode.shape.inputDimension)
    return fit.predictions(of: episode)
  }
}
