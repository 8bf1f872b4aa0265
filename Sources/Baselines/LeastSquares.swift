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

  /// - Throws: ``LinearAlgebraError`` if LAPACK reports one.
  /// - Complexity: O(N · k · D · min(k, D))
  func predictions(of episode: Episode) throws -> [Double] {
    let inputs = episode.realInputs
    let dimension = episode.shape.inputDimension
    let targets = (0..<episode.shape.exampleCount).map { episode.realTarget(of: $0) }
    var predictions = [0.0]
    for count in 1..<max(1, targets.count) {
      var matrix = [Double](repeating: 0, count: count * dimension)
      for example in 0..<count {
        for i in 0..<dimension { matrix[i * count + example] = inputs[example * dimension + i] }
      }
      let weights = try LinearAlgebra.leastSquares(
        matrix: matrix, columns: dimension, target: Array(targets.prefix(count)))
      var prediction = 0.0
      for i in 0..<dimension { prediction += weights[i] * inputs[count * dimension + i] }
      predictions.append(prediction)
    }
    return predictions
  }
}
