// Dimension key
//   n  examples of the context      D  dimension of an input

/// Linear regression by a few steps of gradient descent from zero on the examples of the context:
/// `w ← w - η/n Σ (w · xᵢ - yᵢ) xᵢ`, or without the division by `n`.
///
/// One step is what one layer of linear attention can do.
///
/// Source: von Oswald et al. 2022, <https://arxiv.org/abs/2212.07677>.
package struct GradientDescent: MomentLearner {
  package let stepCount: Int
  /// `η`
  package let learningRate: Double
  package let loss: ContextLoss

  /// - Parameters:
  ///   - stepCount: not negative.
  ///   - learningRate: positive.
  package init(stepCount: Int, learningRate: Double, loss: ContextLoss = .mean) {
    precondition(stepCount >= 0 && learningRate > 0, "Descent takes steps of positive length.")
    self.stepCount = stepCount
    self.learningRate = learningRate
    self.loss = loss
  }

  package var name: String { "gradientDescent\(loss.suffix)\(stepCount)" }

  /// - Complexity: O(D²) for each step.
  func prediction(for query: [Double], from context: ContextMoments) -> Double {
    let rate = loss.rate(learningRate, exampleCount: Double(context.count))
    var weights = [Double](repeating: 0, count: context.dimension)
    for _ in 0..<stepCount {
      let image = context.inputs.product(vector: weights)
      for i in weights.indices { weights[i] += rate * (context.products[i] - image[i]) }
    }
    return weights.product(with: query)
  }
}
