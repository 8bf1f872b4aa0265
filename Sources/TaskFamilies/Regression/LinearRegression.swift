package import Baselines
package import Configuration
package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input

/// Linear regression, noisy if asked.
///
/// One task is a weight vector `w ~ N(0, I)`, the latent. An example is `x ~ inputScale · N(0, I)`,
/// or uniform, with target `y = w · x + σ ε`, `ε ~ N(0, 1)`. With unlimited tasks the Bayes-optimal
/// learner is ridge regression with penalty `σ²`, or least squares without noise; for a pool of
/// tasks it weighs them by their likelihoods.
///
/// Sources: Garg et al. 2022, section 3.1, <https://arxiv.org/abs/2208.01066>; Raventós et al. 2023,
/// section 2, <https://arxiv.org/abs/2306.15063>.
package struct LinearRegression: FunctionFamily {
  package static let kind = FamilyKind.linearRegression
  package static let description = FamilyDescription(
    "y = w · x + noise, with weights w ~ N(0, I) of each task.",
    source: "Garg et al. 2022, section 3.1", link: "https://arxiv.org/abs/2208.01066",
    oracle: "leastSquares without noise, bayesianLinearRegression (ridge with penalty σ²) with it")

  /// `D`
  package var dimension = 5
  /// `N`
  package var exampleCount = 11
  /// `σ`
  package var noise: Float = 0
  package var inputs = InputDistribution.gaussian
  package var inputScale: Float = 1

  package static let settings: [Setting<Self>] = [
    Setting(dimension: \.dimension), Setting(exampleCount: \.exampleCount),
    Setting(noise: \.noise), Setting(inputs: \.inputs), Setting(inputScale: \.inputScale),
  ]

  package init() {}

  package var episodeShape: EpisodeShape {
    EpisodeShape(
      exampleCount: exampleCount, inputDimension: dimension, target: .real, latentCount: dimension)
  }

  package var weights: Range<Int>? { 0..<dimension }

  package func drawTask(_ key: RandomKey, into episode: inout Episode) {
    var weights = episode.latent.mutableSpan
    key.fillNormals(&weights)
  }

  /// - Complexity: O(N·D), without allocations.
  package func addValues(
    of latent: Span<Float>, at inputs: Span<Float>, to targets: inout MutableSpan<Float>
  ) {
    targets.addProducts(of: latent, with: inputs)
  }

  package func oracle(noiseVariance: Double, weightScale: Double) -> any InContextLearner {
    guard noiseVariance > 0 else { return LeastSquares() }
    return BayesianLinearRegression(
      priorVariance: weightScale * weightScale, noiseVariance: noiseVariance)
  }

  package func oracle(of tasks: [[Float]], noiseVariance: Double) -> any InContextLearner {
    linearOracle(of: tasks, noiseVariance: noiseVariance)
  }

  package var baselines: [any InContextLearner] {
    // Where targets are exact, ridge regression shows what a learner that expects some noise makes
    // of them; where they are not, the optimal learner is one.
    let ridge = noise > 0 ? [] : [RidgeRegression(penalty: 0.1)]
    return [ZeroPredictor(), Averaging(), NearestNeighbors(3), LeastSquares()] + ridge
  }
}
