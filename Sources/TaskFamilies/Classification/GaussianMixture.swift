package import Baselines
package import Configuration
package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input      C  classes

/// Classes are Gaussian clouds around centres that each task draws anew.
///
/// One task is `C` centres `μ`, uniform in `(-limit, limit)` or Gaussian of the same variance,
/// `limit²/3`, in every coordinate: the latent, `[C, D]`. An example is a class `c`, uniform among the
/// `C`, and `x ~ N(μ_c, spread² I)`.
///
/// Source: Lee et al. 2023, Gaussian mixtures of its code, <https://arxiv.org/abs/2310.08049>, with `C` of
/// 2, 4 and 8, `D = 16`, uniform centres with limit 1, spread 1, and 32 examples.
package struct GaussianMixture: TaskFamily, FamilySettings {
  package static let kind = FamilyKind.gaussianMixture
  package static let description = FamilyDescription(
    "Gaussian classes around centres that each task draws anew.",
    source: "Lee et al. 2023, its code", link: "https://arxiv.org/abs/2310.08049",
    oracle: "gaussianMixtureBayes, optimal")

  /// `C`
  package var classCount = 4
  /// `D`
  package var dimension = 16
  /// `N`
  package var exampleCount = 32
  package var centers = InputDistribution.uniform
  package var limit: Float = 1
  package var spread: Float = 1

  package static let settings: [Setting<Self>] = [
    Setting("classCount", \.classCount, in: 2...1024, "classes, each with a centre"),
    Setting("dimension", \.dimension, in: 1...1024, "dimension of an input"),
    Setting("exampleCount", \.exampleCount, in: 1...4096, "examples of an episode"),
    Setting("centers", choice: \.centers, "distribution of every coordinate of a centre"),
    Setting(
      "limit", \.limit, in: 1e-3...1e3,
      "half the width of a uniform distribution of centres; a gaussian one has its variance"),
    Setting("spread", \.spread, in: 1e-3...1e3, "standard deviation of inputs around their centre"),
  ]

  package init() {}

  package var episodeShape: EpisodeShape {
    EpisodeShape(
      exampleCount: exampleCount, inputDimension: dimension, target: .classes(classCount),
      latentCount: classCount * dimension)
  }

  /// What ``InputDistribution`` calls the scale of centres.
  private var scale: Float {
    switch centers {
    case .uniform: limit
    case .gaussian: limit / Float(3).squareRoot()
    }
  }

  package func drawTask(_ key: RandomKey, into episode: inout Episode) {
    var latent = episode.latent.mutableSpan
    centers.fill(&latent, scale: scale, key)
  }

  /// - Complexity: O(N·D), without allocations.
  package func drawInputs(_ key: RandomKey, into episode: inout Episode) {
    drawExamples(
      key, centers: episode.latent, inputs: &episode.inputs, targets: &episode.targets)
  }

  private func drawExamples(
    _ key: RandomKey, centers: [Float], inputs: inout [Float], targets: inout [Float]
  ) {
    let means = centers.span
    var targets = targets.mutableSpan
    key.folded(with: .labels).fillUniforms(&targets, in: 0..<Float(classCount))
    var inputs = inputs.mutableSpan
    key.folded(with: .inputs).fillNormals(&inputs, standardDeviation: spread)
    precondition(
      inputs.count == targets.count * dimension && means.count == classCount * dimension,
      "An episode is as long as its shape says.")
    for example in 0..<targets.count {
      let label = Int(targets[unchecked: example])
      targets[unchecked: example] = Float(label)
      let (row, mean) = (example &* dimension, label &* dimension)
      // In bounds by the precondition, as labels are below the number of classes.
      for i in 0..<dimension { inputs[unchecked: row &+ i] += means[unchecked: mean &+ i] }
    }
  }

  /// Nothing: the labels were drawn with the inputs.
  package func drawTargets(_ key: RandomKey, into episode: inout Episode) {}

  /// The Bayes-optimal learner.
  package func oracle(under conditions: OracleConditions) -> any InContextLearner {
    let prior: CenterPrior =
      switch centers {
      case .uniform: .uniform(limit: Double(limit))
      case .gaussian: .gaussian(variance: Double(limit) * Double(limit) / 3)
      }
    return GaussianMixtureBayes(spread: Double(spread), prior: prior)
  }

  package var baselines: [any InContextLearner] {
    [MajorityClass(), NearestNeighbors(1), NearestCentroid(), LogisticRegression()]
  }
}
