package import Episodes

// Dimension key
//   N  examples in an episode      D  dimension of an input

/// Linear regression with weights `w ~ N(0, τ² I)` and noise of variance `σ²`, both known: the
/// predictive distribution is exact.
///
/// Given the inputs `X` and targets so far, a target at `x` has mean `w · x`, where `w` is the
/// solution of ridge regression with penalty `σ²/τ²`, and variance
/// `σ² + σ² xᵀ (Xᵀ X + σ²/τ² I)⁻¹ x`.
///
/// Source: of the mean, Raventós et al. 2023, section 2, <https://arxiv.org/abs/2306.15063>.
package struct BayesianLinearRegression: GaussianLearner {
  /// `τ²`
  package let priorVariance: Double
  /// `σ²`
  package let noiseVariance: Double

  /// - Parameters:
  ///   - priorVariance: positive.
  ///   - noiseVariance: positive. For a family without noise take a small one: rounding alone gives
  ///     targets some `10⁻¹⁴` of their own variance.
  package init(priorVariance: Double = 1, noiseVariance: Double) {
    precondition(
      priorVariance > 0 && noiseVariance > 0, "Bayesian regression needs positive variances.")
    self.priorVariance = priorVariance
    self.noiseVariance = noiseVariance
  }

  package var name: String { "bayesianLinearRegression" }

  /// - Complexity: O(N · D²)
  package func predictiveDistributions(of episode: Episode) -> [NormalDistribution] {
    var fit = LeastSquaresFit(
      dimension: episode.shape.inputDimension, penalty: noiseVariance / priorVariance)
    return fit.predictionsWithLeverages(of: episode).map { prediction, leverage in
      NormalDistribution(mean: prediction, variance: noiseVariance * (1 + leverage))
    }
  }
}
