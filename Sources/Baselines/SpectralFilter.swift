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

  /// `φ(λ)` of eight eigenvalues.
  ///
  /// - Parameters:
  ///   - eigenvalues: `λ`, not negative.
  ///   - inverseCounts: one over the number of examples of the context of each.
  /// - Complexity: O(steps)
  func responses(
    to eigenvalues: SIMD8<Double>, inverseCounts: SIMD8<Double>
  ) -> SIMD8<Double> {
    let one = SIMD8<Double>(repeating: 1)
    switch self {
    case .ridge(let penalty):
      return one / (eigenvalues + penalty)
    case .gradientDescent(let stepCount, let learningRate, let loss):
      let rates = learningRate * (loss == .mean ? inverseCounts : one)
      var weights = SIMD8<Double>.zero
      for _ in 0..<stepCount { weights += rates * (one - eigenvalues * weights) }
      return weights
    case .gradientDescentPlusPlus(let stepCount, let learningRate, let gamma, let loss):
      let rates = learningRate * (loss == .mean ? inverseCounts : one)
      var weights = SIMD8<Double>.zero
      var (residuals, queries, squares) = (one, one, eigenvalues)
      for _ in 0..<stepCount {
        weights += rates * residuals * queries
        let transformations = one - gamma * squares
        residuals *= (one - rates * squares) * transformations
        queries *= transformations
        squares *= transformations * transformations
      }
      return weights
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
