package import Baselines
package import Configuration
package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input

/// Linear regression on the squares of the coordinates.
///
/// One task is a weight vector `w ~ N(0, I)`, the latent. An example is `x ~ inputScale · N(0, I)`,
/// or uniform, with target `y = Σ wᵢ xᵢ² / √3 + σ ε`, `ε ~ N(0, 1)`. For standard normal inputs
/// targets have the mean square `D + σ²`, as in linear regression. Least squares on the squares is
/// optimal without noise and exact after `D` examples, the Bayesian one with noise.
///
/// Source: Garg et al. 2022, code, <https://arxiv.org/abs/2208.01066>.
package struct QuadraticRegression: FunctionFamily {
  package static let kind = FamilyKind.quadraticRegression
  package static let description = FamilyDescription(
    "y = w · x² / √3 + noise, of squared coordinates, with weights w ~ N(0, I) of each task.",
    source: "Garg et al. 2022, code", link: "https://arxiv.org/abs/2208.01066",
    oracle: "least squares on the squares without noise, Bayesian regression with it")

  /// `D`
  package var dimension = 10
  /// `N`
  package var exampleCount = 21
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
    let scale = 1 / 3.0.squareRoot()
    targets.addProducts(of: latent, with: inputs) { scale * ($0 * $0) }
  }

  package func oracle(noiseVariance: Double, weightScale: Double) -> any InContextLearner {
    featureOracle(
      on: "Squares", priorVariance: weightScale * weightScale, noiseVariance: noiseVariance)
  }

  package var baselines: [any InContextLearner] {
    [ZeroPredictor(), NearestNeighbors(3), LeastSquares()]
  }
}
