// Dimension key
//   E  episodes     N  examples in an episode     D  dimension of an input     L  numbers of a
//   latent task

package import Episodes

/// Episodes of one family, kept so that everyone evaluates on the same ones.
///
/// In the file, `inputs`, `targets` and `latents` are datasets of the root with the dimensions
/// `episode`, `example`, `feature` and `latent`. Class and token targets are 32-bit integers.
package struct TaskSet: Equatable, Sendable {
  /// The family that the episodes were drawn from, as YAML.
  package let family: String
  /// The seed from which the keys of the episodes were made.
  package let seed: UInt64
  /// Of every episode.
  package let shape: EpisodeShape
  /// `[E, N, D]`
  package let inputs: [Float]
  /// `[E, N]`: real numbers, or numbers of classes or tokens from zero.
  package let targets: [Float]
  /// `[E, L]`
  package let latents: [Float]

  /// - Parameters:
  ///   - family: as YAML.
  ///   - seed: from which the keys of the episodes were made.
  ///   - shape: of every episode.
  ///   - episodes: `E` episodes of that shape.
  package init(family: String, seed: UInt64, shape: EpisodeShape, episodes: [Episode]) {
    precondition(episodes.allSatisfy { $0.shape == shape }, "The episodes of a set have one shape.")
    self.init(
      family: family, seed: seed, shape: shape, inputs: episodes.flatMap(\.inputs),
      targets: episodes.flatMap(\.targets), latents: episodes.flatMap(\.latent))
  }

  init(
    family: String, seed: UInt64, shape: EpisodeShape, inputs: [Float], targets: [Float],
    latents: [Float]
  ) {
    self.family = family
    self.seed = seed
    self.shape = shape
    self.inputs = inputs
    self.targets = targets
    self.latents = latents
  }

  /// `E`
  package var count: Int { targets.count / shape.exampleCount }

  /// The episodes, in the order of the file.
  ///
  /// - Complexity: O(E·N·D)
  package var episodes: [Episode] {
    let inputCount = shape.exampleCount * shape.inputDimension
    return (0..<count).map { index in
      var episode = Episode(shape: shape)
      episode.inputs = Array(inputs[index * inputCount..<(index + 1) * inputCount])
      episode.targets = Array(
        targets[index * shape.exampleCount..<(index + 1) * shape.exampleCount])
      episode.latent = Array(latents[index * shape.latentCount..<(index + 1) * shape.latentCount])
      return episode
    }
  }
}
