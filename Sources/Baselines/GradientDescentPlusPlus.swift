// Dimension key
//   n  examples of the context      D  dimension of an input

/// Gradient descent whose every step also transforms the inputs, the query among them:
/// `x ← x - γ Σ (xᵢ · x) xᵢ`.
///
/// A step takes the residuals `rᵢ` of the targets one step of ``GradientDescent`` further,
/// `r ← r - η/n Σ rᵢ (xᵢ · x)`, or without the division by `n`, and transforms the inputs at the same
/// time, so the next step descends on inputs of a better condition. It is what a recurrent layer of
/// linear attention learns. The sum with `γ` is not divided by `n`: the best `γ` falls with the number
/// of examples.
///
/// Source: von Oswald et al. 2022, <https://arxiv.org/abs/2212.07677>.
package struct GradientDescentPlusPlus: MomentLearner {
  package let stepCount: Int
  /// `η`
  package let learningRate: Double
  /// `γ`
  package let gamma: Double
  package let loss: ContextLoss

  /// - Parameters:
  ///   - stepCount: not negative.
  ///   - learningRate: positive.
  ///   - gamma: not negative; zero makes it ``GradientDescent``.
  package init(
    stepCount: Int, learningRate: Double, gamma: Double, loss: ContextLoss = .mean
  ) {
    precondition(
      stepCount >= 0 && learningRate > 0 && gamma >= 0, "Descent takes steps of positive length.")
    self.stepCount = stepCount
    self.learningRate = learningRate
    self.gamma = gamma
    self.loss = loss
  }

  package var name: String { "gradientDescentPlusPlus\(loss.suffix)\(stepCount)" }

  /// - Complexity: O(D³) for each step.
  func prediction(for input: [Double], from context: ContextMoments) -> Double {
    let rate = loss.rate(learningRate, exampleCount: Double(context.count))
    var query = input
    // Examples enter by Σ x xᵀ and Σ r x alone.
    var (inputs, residuals) = (context.inputs, context.products)
    var prediction = 0.0
    for step in 0..<stepCount {
      prediction += rate * residuals.product(with: query)
      guard step + 1 < stepCount else { break }
      let image = inputs.product(vector: residuals)
      for i in residuals.indices { residuals[i] -= rate * image[i] }
      let transformation = transformation(inputs, context.dimension)
      residuals = transformation.product(vector: residuals)
      query = transformation.product(vector: query)
      inputs = transformation.product(matrix: inputs, dimension: context.dimension)
        .product(matrix: transformation, dimension: context.dimension)
    }
    return prediction
  }

  /// `I - γ Σ x xᵀ`, `[D, D]`
  private func transformation(_ inputs: [Double], _ dimension: Int) -> [Double] {
    var matrix = inputs.map { -gamma * $0 }
    for i in 0..<dimension { matrix[i * dimension + i] += 1 }
    return matrix
  }
}
