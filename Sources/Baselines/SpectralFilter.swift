/// A learner of linear regression that acts on every direction of the context by itself.
///
/// With the eigenvalues `λ` and eigenvectors `v` of `Σ xᵢ xᵢᵀ` over the examples of the context, it
/// predicts `Σ φ(λ) (x · v)(v · Σ yᵢ xᵢ)` at a query `x`. Learners differ in the response `φ` alone:
/// least squares has `1/λ`, ridge regression `1/(λ + p)`, and gradient descent comes nearer to `1/λ`
/// with every step, first where `λ` is large.
package enum SpectralFilter: Hashable, Sendable {
  case gradientDescent(stepCount: Int, learningRate: Double, loss: ContextLoss)
  case gradientDescentPlusPlus(
    stepCount: Int, learningRate: Double, gamma: Double, loss: ContextLoss)
  case ridge(penalty: Double)

  /// `φ(λ)`
  ///
  /// - Parameters:
  ///   - eigenvalue: `λ`, not negative.
  ///   - exampleCount: of the context.
  /// - Complexity: O(steps)
  func response(to eigenvalue: Double, exampleCount: Double) -> Double {
    switch self {
    case .ridge(let penalty):
      return 1 / (eigenvalue + penalty)
    case .gradientDescent(let stepCount, let learningRate, let loss):
      let rate = loss.rate(learningRate, exampleCount: exampleCount)
      var weight = 0.0
      for _ in 0..<stepCount { weight += rate * (1 - eigenvalue * weight) }
      return weight
    case .gradientDescentPlusPlus(let stepCount, let learningRate, let gamma, let loss):
      let rate = loss.rate(learningRate, exampleCount: exampleCount)
      var (weight, residual, query, square) = (0.0, 1.0, 1.0, eigenvalue)
      for _ in 0..<stepCount {
        weight += rate * residual * query
        let transformation = 1 - gamma * square
        residual *= (1 - rate * square) * transformation
        query *= transformation
        square *= transformation * transformation
      }
      return weight
    }
  }

  /// The learner that does so.
  package var learner: any InContextLearner {
    switch self {
    case .ridge(let penalty):
      RidgeRegression(penalty: penalty)
    case .gradientDescent(let stepCount, let learningRate, let loss):
      GradientDescent(stepCount: stepCount, learningRate: learningRate, loss: loss)
    case .gradientDescentPlusPlus(let stepCount, let learningRate, let gamma, let loss):
      GradientDescentPlusPlus(
        stepCount: stepCount, learningRate: learningRate, gamma: gamma, loss: loss)
    }
  }
}
