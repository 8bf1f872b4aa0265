package import Baselines
package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input      L  numbers of the latent

/// A family whose targets are a function of the input, which the latent describes, plus noise.
///
/// An example is `x`, whose coordinates have the distribution `inputs`, with `y = f(x) + σ ε`,
/// `ε ~ N(0, 1)`.
package protocol FunctionFamily: TaskFamily, FamilySettings {
  /// `σ`
  var noise: Float { get }
  var inputs: InputDistribution { get }
  /// The standard deviation of a coordinate of an input, or half its width if it is uniform.
  var inputScale: Float { get }

  /// Adds to each target the value of the function that a latent describes.
  ///
  /// - Parameters:
  ///   - latent: `[L]`
  ///   - inputs: `[N, D]`
  ///   - targets: `[N]`
  func addValues(
    of latent: Span<Float>, at inputs: Span<Float>, to targets: inout MutableSpan<Float>)

  /// The optimal learner, or the strongest known one, where tasks are unlimited.
  ///
  /// - Parameters:
  ///   - noiseVariance: of all noise on targets.
  ///   - weightScale: what the weights of the family are multiplied with.
  func oracle(noiseVariance: Double, weightScale: Double) -> any InContextLearner

  /// The optimal learner where tasks are uniform over some.
  ///
  /// - Parameters:
  ///   - tasks: the latent of each, `[L]`.
  ///   - noiseVariance: of all noise on targets.
  func oracle(of tasks: [[Float]], noiseVariance: Double) -> any InContextLearner
}

extension FunctionFamily {
  package var functions: (any FunctionFamily)? { self }

  package func drawInputs(_ key: RandomKey, into episode: inout Episode) {
    var span = episode.inputs.mutableSpan
    inputs.fill(&span, scale: inputScale, key.folded(with: .inputs))
  }

  package func drawTargets(_ key: RandomKey, into episode: inout Episode) {
    let (latent, inputs) = (episode.latent, episode.inputs)
    var targets = episode.targets.mutableSpan
    fillNoise(&targets, key)
    addValues(of: latent.span, at: inputs.span, to: &targets)
  }

  /// Writes the noise of the targets of the episode that `key` names.
  func fillNoise(_ targets: inout MutableSpan<Float>, _ key: RandomKey) {
    if noise > 0 {
      key.folded(with: .noise).fillNormals(&targets, standardDeviation: noise)
    } else {
      for example in 0..<targets.count { targets[unchecked: example] = 0 }
    }
  }

  /// The values of a function, without noise.
  ///
  /// - Parameters:
  ///   - latent: `[L]`
  ///   - inputs: `[N, D]`
  /// - Returns: `[N]`
  package func values(of latent: [Float], at inputs: [Float]) -> [Float] {
    var values = [Float](repeating: 0, count: inputs.count / episodeShape.inputDimension)
    var span = values.mutableSpan
    addValues(of: latent.span, at: inputs.span, to: &span)
    return values
  }

  /// What targets are linear in, where all of the latent is weights: the values of the functions
  /// whose latents are unit vectors.
  ///
  /// - Parameter inputs: `[N, D]`
  /// - Returns: `[N, L]`
  package func features(of inputs: [Float]) -> [Float] {
    let width = episodeShape.latentCount
    precondition(weights == 0..<width, "Features need targets that are linear in the latent.")
    var latent = [Float](repeating: 0, count: width)
    var features = [Float](
      repeating: 0, count: inputs.count / episodeShape.inputDimension * width)
    for feature in 0..<width {
      latent[feature] = 1
      for (example, value) in values(of: latent, at: inputs).enumerated() {
        features[example * width + feature] = value
      }
      latent[feature] = 0
    }
    return features
  }
}
