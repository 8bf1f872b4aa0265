package import Baselines
package import Configuration
package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input

/// Two classes on the two sides of a plane through zero.
///
/// One task is a normal of the plane, `w ~ N(0, I)`, the latent. An example is `x ~ inputScale · N(0,
/// I)`, or uniform, and of class 1 where `w · x + σ ε > 0`, `ε ~ N(0, 1)`, else of class 0. Without
/// noise this is the sign of `w · x`. The Bayes-optimal learner averages over the half-spaces that
/// agree with the context; `bayesianProbit` does so by expectation propagation, close to exactly.
///
/// Source: Garg et al. 2022, `linear_classification` of its code, <https://arxiv.org/abs/2208.01066>,
/// with `d = 20`; the noise is ours.
package struct LinearClassification: TaskFamily, FamilySettings {
  package static let kind = FamilyKind.linearClassification
  package static let description = FamilyDescription(
    "Class 1 where w · x + noise > 0, with a normal w ~ N(0, I) of each task.",
    source: "Garg et al. 2022, its code", link: "https://arxiv.org/abs/2208.01066",
    oracle: "bayesianProbit, optimal up to its approximation of the posterior")

  /// `D`
  package var dimension = 5
  /// `N`
  package var exampleCount = 16
  /// `σ`
  package var noise: Float = 0
  package var inputs = InputDistribution.gaussian
  package var inputScale: Float = 1

  package static let settings: [Setting<Self>] = [
    Setting("dimension", \.dimension, in: 1...1024, "dimension of an input"),
    Setting("exampleCount", \.exampleCount, in: 1...4096, "examples of an episode"),
    Setting(
      "noise", \.noise, in: 0...1000,
      "standard deviation of what is added to w · x before its sign is taken"),
    Setting("inputs", choice: \.inputs, "distribution of every coordinate of an input"),
    Setting(
      "inputScale", \.inputScale, in: 1e-3...1e3,
      "its standard deviation, or half its width if it is uniform"),
  ]

  package init() {}

  package var episodeShape: EpisodeShape {
    EpisodeShape(
      exampleCount: exampleCount, inputDimension: dimension, target: .classes(2),
      latentCount: dimension)
  }

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
    for i in 0..<targets.count { targets[unchecked: i] = targets[unchecked: i] > 0 ? 1 : 0 }
  }

  /// The Bayes-optimal learner, but for what ``BayesianProbit`` approximates.
  package func oracle(under conditions: OracleConditions) -> any InContextLearner {
    // A hundredth of the scale of w · x does not tell from none.
    BayesianProbit(noise: Double(noise > 0 ? noise : 0.01 * inputScale))
  }

  package var baselines: [any InContextLearner] {
    [
      MajorityClass(), NearestNeighbors(3), ClassRegression(Averaging()),
      ClassRegression(RidgeRegression(penalty: 1)),
      LogisticRegression(),
    ]
  }
}
