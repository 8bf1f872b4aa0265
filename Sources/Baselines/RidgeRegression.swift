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

  /// - Throws: ``LinearAlgebraError`` if the inputs are not finite.
  /// - Complexity: O(N · D³)
  func predictions(of episode: Episode) throws -> [Double] {
    let inputs = episode.realInputs
    let dimension = episode.shape.inputDimension
    var moments = [Double](repeating: 0, count: dimension * dimension)
    for i in 0..<dimension { moments[i * dimension + i] = penalty }
    var sum = [Double](repeating: 0, count: dimension)
    return try (0..<episode.shape.exampleCount).map { example in
      let offset = example * dimension
      let weights =
        example == 0 ? sum : try LinearAlgebra.solve(positiveDefinite: moments, target: sum)
      let target = episode.realTarget(of: example)
      var prediction = 0.0
      for i in 0..<dimension {
        prediction += weights[i] * inputs[offset + i]
        sum[i] += target * inputs[offset + i]
        for j in 0..<dimension {
          moments[i * dimension + j] += inputs[offset + i] * inputs[offset + j]
        }
      }
      return prediction
    }
  }
}
