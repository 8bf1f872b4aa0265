package import Baselines
package import Configuration
package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode      K  the highest frequency

/// Fourier series with random coefficients.
///
/// One task is the coefficients `a₀ … a_K` and `b₁ … b_K`, each `N(0, 1)`: the latent, in this order.
/// An example is `x ~ U(-5, 5)` with target
/// `y = (a₀ + Σ_k a_k cos(k π x / L) + b_k sin(k π x / L)) / √K + σ ε`, `ε ~ N(0, 1)`, where `L` is
/// half a period. Targets have the mean square `1 + 1/K + σ²`.
///
/// Least squares on the waves is optimal without noise and exact after `2 K + 1` examples; the
/// Bayesian one is optimal with noise.
///
/// Source: Panwar et al. 2024, <https://arxiv.org/abs/2306.04891>, and its code: `K` 10, `L` 5 and at
/// most 43 examples.
package struct FourierSeries: FunctionFamily {
  package static let kind = FamilyKind.fourierSeries
  package static let description = FamilyDescription(
    "A Fourier series plus noise, with coefficients N(0, 1) of each task.",
    source: "Panwar et al. 2024 and its code", link: "https://arxiv.org/abs/2306.04891",
    oracle: "least squares on the waves without noise, Bayesian regression with it")

  /// `K`
  package var frequencyCount = 10
  /// `L`
  package var halfPeriod: Float = 5
  /// `N`
  package var exampleCount = 43
  /// `σ`
  package var noise: Float = 0
  package var inputs = InputDistribution.uniform
  package var inputScale: Float = 5

  package static let settings: [Setting<Self>] = [
    Setting("frequencyCount", \.frequencyCount, in: 1...1024, "frequencies beside the constant"),
    Setting(
      "halfPeriod", \.halfPeriod, in: 1e-2...1e4, "half the period of the lowest frequency"),
    Setting(exampleCount: \.exampleCount), Setting(noise: \.noise), Setting(inputs: \.inputs),
    Setting(inputScale: \.inputScale),
  ]

  package init() {}

  package var episodeShape: EpisodeShape {
    EpisodeShape(
      exampleCount: exampleCount, inputDimension: 1, target: .real,
      latentCount: 2 * frequencyCount + 1)
  }

  package var weights: Range<Int>? { 0..<2 * frequencyCount + 1 }

  package func drawTask(_ key: RandomKey, into episode: inout Episode) {
    var coefficients = episode.latent.mutableSpan
    key.fillNormals(&coefficients)
  }

  /// Eight examples side by side: each turns a vector by its own angle from one frequency to the
  /// next, in double precision.
  ///
  /// - Complexity: O(N·K), without allocations.
  package func addValues(
    of latent: Span<Float>, at inputs: Span<Float>, to targets: inout MutableSpan<Float>
  ) {
    let count = frequencyCount
    precondition(
      latent.count == 2 * count + 1 && inputs.count == targets.count,
      "Two coefficients for each frequency, an input for each target.")
    let unit = Double.pi / Double(halfPeriod)
    let scale = 1 / Double(count).squareRoot()
    for first in stride(from: 0, to: targets.count, by: 8) {
      let blockCount = min(8, targets.count - first)
      var angles = SIMD8<Double>()
      for lane in 0..<blockCount { angles[lane] = unit * Double(inputs[first + lane]) }
      var sines = SIMD8<Double>()
      var cosines = SIMD8<Double>()
      for lane in 0..<8 {
        let wave = angles[lane].portableSineAndCosine
        sines[lane] = wave.sine
        cosines[lane] = wave.cosine
      }
      var (sine, cosine) = (sines, cosines)
      var sum = SIMD8(repeating: Double(latent[0]))
      for frequency in 0..<count {
        // In bounds by the precondition.
        sum += Double(latent[unchecked: 1 &+ frequency]) * cosine
        sum += Double(latent[unchecked: 1 &+ count &+ frequency]) * sine
        (sine, cosine) = (
          sine * cosines + cosine * sines, cosine * cosines - sine * sines
        )
      }
      for lane in 0..<blockCount {
        targets[first + lane] = Float(Double(targets[first + lane]) + scale * sum[lane])
      }
    }
  }

  package func oracle(noiseVariance: Double, weightScale: Double) -> any InContextLearner {
    featureOracle(
      on: "Waves", priorVariance: weightScale * weightScale, noiseVariance: noiseVariance)
  }

  package var baselines: [any InContextLearner] {
    [ZeroPredictor(), NearestNeighbors(1), NearestNeighbors(3)]
  }
}
