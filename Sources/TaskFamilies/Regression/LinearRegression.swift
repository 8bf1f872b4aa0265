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
package struct LinearRegression: TaskFamily, FamilySettings {
  package static let kind = FamilyKind.linearRegression
  package static let description = FamilyDescription(
    "y = w · x + noise, with weights w ~ N(0, I) of each task.",
    source: "Garg et al. 2022, section 3.1", link: "https://arxiv.org/abs/2208.01066",
    oracle: "leastSquares without noise, ridge with penalty σ² with it")

  /// `D`
  package var dimension = 5
  /// `N`
  package var exampleCount = 11
  /// `σ`
  package var noise: Float = 0
  package var inputs = InputDistribution.gaussian
  package var inputScale: Float = 1

  package static let settings: [Setting<Self>] = [
    Setting("dimension", \.dimension, in: 1...1024, "dimension of an input"),
    Setting("exampleCount", \.exampleCount, in: 1...4096, "examples of an episode"),
    Setting("noise", \.noise, in: 0...1000, "standard deviation of the noise on targets"),
    Setting("inputs", choice: \.inputs, "distribution of every coordinate of an input"),
    Setting(
      "inputScale", \.inputScale, in: 1e-3...1e3,
      "its standard deviation, or half its width if it is uniform"),
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

  package func drawInputs(_ key: RandomKey, into episode: inout Episode) {
    var span = episode.inputs.mutableSpan
    inputs.fill(&span, scale: inputScale, key.folded(with: .inputs))
  }

  /// - Complexity: O(N·D), without allocations.
  package func drawTargets(_ key: RandomKey, into episode: inout Episode) {
    let (weights, inputs) = (episode.latent, episode.inputs)
    var targets = episode.targets.mutableSpan
    key.folded(with: .noise).fillNormals(&targets, standardDeviation: noise)
    targets.addProducts(of: weights.span, with: inputs.span)
  }

  package func oracle(under conditions: OracleConditions) -> any InContextLearner {
    let variance = Double(noise * noise) + conditions.addedVariance
    guard variance > 0 else { return LeastSquares() }
    return RidgeRegression(penalty: variance / (conditions.weightScale * conditions.weightScale))
  }

  package var baselines: [any InContextLearner] {
    // Where targets are exact, ridge regression shows what a learner that expects some noise makes
    // of them.
    let variance = Double(noise * noise)
    return [
      ZeroPredictor(), Averaging(), NearestNeighbors(3), LeastSquares(),
      RidgeRegression(penalty: variance > 0 ? variance : 0.1),
    ]
  }
}
