package import Baselines
package import Configuration
package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode

/// Sine waves of one frequency.
///
/// One task is an amplitude `a ~ U(lowestAmplitude, highestAmplitude)` and a phase `φ ~ U(0, π)`. An
/// example is `x ~ U(-5, 5)` with target `y = a sin(x + φ) + σ ε`, `ε ~ N(0, 1)`. The latent holds
/// `a cos φ` and `a sin φ`, in which targets are linear: `y = (a cos φ) sin x + (a sin φ) cos x`. Over
/// all inputs targets have nearly the mean square `E a² / 2 + σ²`.
///
/// Least squares on `sin x` and `cos x` is exact from two examples on if there is no noise; before,
/// and with noise, no learner here knows how amplitudes and phases are distributed beyond their
/// second moments.
///
/// Source: von Oswald et al. 2022, <https://arxiv.org/abs/2212.07677>, with `N` 10: amplitudes are
/// `U(0.1, 5)` in the paper, the default here, and `U(0.1, 0.5)` in its code.
package struct Sinusoid: FunctionFamily {
  package static let kind = FamilyKind.sinusoid
  package static let description = FamilyDescription(
    "y = a sin(x + φ) + noise, with amplitude a and phase φ of each task.",
    source: "von Oswald et al. 2022", link: "https://arxiv.org/abs/2212.07677",
    oracle: "least squares on sin x and cos x, exact after two examples without noise")

  package var lowestAmplitude: Float = 0.1
  package var highestAmplitude: Float = 5
  /// `N`
  package var exampleCount = 11
  /// `σ`
  package var noise: Float = 0
  package var inputs = InputDistribution.uniform
  package var inputScale: Float = 5

  package static let settings: [Setting<Self>] = [
    Setting("lowestAmplitude", \.lowestAmplitude, in: 0...1000, "least amplitude"),
    Setting(
      "highestAmplitude", \.highestAmplitude, in: 1e-3...1000,
      "largest amplitude; 5 as in the paper, or 0.5 as in its code"),
    Setting(exampleCount: \.exampleCount), Setting(noise: \.noise), Setting(inputs: \.inputs),
    Setting(inputScale: \.inputScale),
  ]

  package init() {}

  package func check() throws(SettingProblem) {
    guard lowestAmplitude < highestAmplitude else {
      throw SettingProblem("lowestAmplitude", "less than highestAmplitude, \(highestAmplitude)")
    }
  }

  package var episodeShape: EpisodeShape {
    EpisodeShape(exampleCount: exampleCount, inputDimension: 1, target: .real, latentCount: 2)
  }

  package var weights: Range<Int>? { 0..<2 }

  package func drawTask(_ key: RandomKey, into episode: inout Episode) {
    var latent = episode.latent.mutableSpan
    key.fillUniforms(&latent)
    let amplitude = lowestAmplitude + (highestAmplitude - lowestAmplitude) * latent[0]
    let direction = (Double(latent[1]) * .pi).portableSineAndCosine
    latent[0] = Float(Double(amplitude) * direction.cosine)
    latent[1] = Float(Double(amplitude) * direction.sine)
  }

  /// - Complexity: O(N), without allocations.
  package func addValues(
    of latent: Span<Float>, at inputs: Span<Float>, to targets: inout MutableSpan<Float>
  ) {
    precondition(inputs.count == targets.count, "An input for each target.")
    let (sineWeight, cosineWeight) = (Double(latent[0]), Double(latent[1]))
    for example in 0..<targets.count {
      let wave = Double(inputs[unchecked: example]).portableSineAndCosine
      let value = sineWeight * wave.sine + cosineWeight * wave.cosine
      targets[unchecked: example] = Float(Double(targets[unchecked: example]) + value)
    }
  }

  /// `E a²`
  package var meanSquareAmplitude: Double {
    let (low, high) = (Double(lowestAmplitude), Double(highestAmplitude))
    return (low * low + low * high + high * high) / 3
  }

  package func oracle(noiseVariance: Double, weightScale: Double) -> any InContextLearner {
    featureOracle(
      on: "Waves", priorVariance: weightScale * weightScale * meanSquareAmplitude / 2,
      noiseVariance: noiseVariance)
  }

  package var baselines: [any InContextLearner] {
    [ZeroPredictor(), NearestNeighbors(1), NearestNeighbors(3)]
  }
}
