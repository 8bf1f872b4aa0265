package import Baselines
package import Configuration
package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input      R  hidden units

/// Random networks of two layers with rectified linear units.
///
/// One task is `R` vectors `w_r ~ N(0, I)` and their weights `a ~ N(0, I)`. An example is
/// `x ~ inputScale · N(0, I)`, or uniform, with target `y = √(2/R) Σ a_r max(0, w_r · x) + σ ε`,
/// `ε ~ N(0, 1)`. Targets have the mean square `E |x|² + σ²`. The latent holds the vectors as `[D, R]`,
/// then `a`.
///
/// For any two inputs the covariance of targets is the same for every `R`: the Gaussian process
/// with that covariance is the best of all learners linear in targets, and optimal as `R` grows.
///
/// Source: Garg et al. 2022, <https://arxiv.org/abs/2208.01066>, with `D` 20, `R` 100
/// and 101 examples.
package struct ReLUNetwork: FunctionFamily {
  package static let kind = FamilyKind.reluNetwork
  package static let description = FamilyDescription(
    "y = √(2/R) Σ a max(0, w · x) + noise, with R hidden units of each task.",
    source: "Garg et al. 2022", link: "https://arxiv.org/abs/2208.01066",
    oracle: "the Gaussian process of networks of infinite width, nearly optimal for many units")

  /// `D`
  package var dimension = 20
  /// `R`
  package var hiddenCount = 100
  /// `N`
  package var exampleCount = 101
  /// `σ`
  package var noise: Float = 0
  package var inputs = InputDistribution.gaussian
  package var inputScale: Float = 1

  package static let settings: [Setting<Self>] = [
    Setting(dimension: \.dimension),
    Setting("hiddenCount", \.hiddenCount, in: 1...1024, "hidden units"),
    Setting(exampleCount: \.exampleCount), Setting(noise: \.noise), Setting(inputs: \.inputs),
    Setting(inputScale: \.inputScale),
  ]

  package init() {}

  package var episodeShape: EpisodeShape {
    EpisodeShape(
      exampleCount: exampleCount, inputDimension: dimension, target: .real,
      latentCount: (dimension + 1) * hiddenCount)
  }

  /// `a`, the outer layer.
  package var weights: Range<Int>? { dimension * hiddenCount..<(dimension + 1) * hiddenCount }

  package func drawTask(_ key: RandomKey, into episode: inout Episode) {
    var latent = episode.latent.mutableSpan
    key.fillNormals(&latent)
  }

  package func oracle(noiseVariance: Double, weightScale: Double) -> any InContextLearner {
    GaussianProcessRegression(
      kernel: .rectifiedLinear(variance: weightScale * weightScale), noiseVariance: noiseVariance)
  }

  package var baselines: [any InContextLearner] {
    [ZeroPredictor(), NearestNeighbors(3), LeastSquares(), TwoLayerNetwork()]
  }
}
