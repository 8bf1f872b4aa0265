// Dimension key
//   E  episodes     N  examples in an episode     D  dimension of an input     L  numbers of a
//   latent task

package import Episodes

/// Episodes of one shape, one behind the other.
package struct EpisodeArrays: Equatable, Sendable {
  package let shape: EpisodeShape
  /// `[E, N, D]`
  package private(set) var inputs: [Float] = []
  /// `[E, N]`: real numbers, or numbers of classes or tokens from zero.
  package private(set) var targets: [Float] = []
  /// `[E, L]`
  package private(set) var latents: [Float] = []

  /// No episodes yet.
  ///
  /// - Parameters:
  ///   - shape: of every episode.
  ///   - count: how many there will be room for.
  package init(shape: EpisodeShape, reserving count: Int = 0) {
    self.shape = shape
    inputs.reserveCapacity(count * shape.exampleCount * shape.inputDimension)
    targets.reserveCapacity(count * shape.exampleCount)
    latents.reserveCapacity(count * shape.latentCount)
  }

  /// - Parameters:
  ///   - inputs: `[E, N, D]`
  ///   - targets: `[E, N]`
  ///   - latents: `[E, L]`
  package init(shape: EpisodeShape, inputs: [Float], targets: [Float], latents: [Float]) {
    self.shape = shape
    self.inputs = inputs
    self.targets = targets
    self.latents = latents
    precondition(
      inputs.count == targets.count * shape.inputDimension
        && targets.count == count * shape.exampleCount
        && latents.count == count * shape.latentCount, "The arrays hold the same episodes.")
  }

  package init(shape: EpisodeShape, episodes: [Episode]) {
    self.init(shape: shape, reserving: episodes.count)
    for episode in episodes { append(episode) }
  }

  /// `E`
  package var count: Int { targets.count / shape.exampleCount }

  /// Adds an episode, without its latent task if the shape has none.
  package mutating func append(_ episode: Episode) {
    precondition(
      episode.inputs.count == shape.exampleCount * shape.inputDimension
        && episode.targets.count == shape.exampleCount, "The episodes of a set have one shape.")
    inputs += episode.inputs
    targets += episode.targets
    if shape.latentCount > 0 { latents += episode.latent }
  }

  /// Adds the episodes of another of the same shape.
  package mutating func append(_ others: EpisodeArrays) {
    precondition(others.shape == shape, "The episodes of a set have one shape.")
    inputs += others.inputs
    targets += others.targets
    latents += others.latents
  }

  /// Writes inputs and targets of an episode of another over those at `index`.
  package mutating func replace(_ index: Int, with other: Int, of others: EpisodeArrays) {
    let (inputCount, targetCount) = (shape.exampleCount * shape.inputDimension, shape.exampleCount)
    precondition(others.shape.reads(like: shape), "The episodes of a batch have one shape.")
    for i in 0..<inputCount {
      inputs[index * inputCount + i] = others.inputs[other * inputCount + i]
    }
    for i in 0..<targetCount {
      targets[index * targetCount + i] = others.targets[other * targetCount + i]
    }
  }

  /// Writes inputs and targets of the episode at `index` over those of `episode`.
  package func copy(_ index: Int, into episode: inout Episode) {
    let (inputCount, targetCount) = (shape.exampleCount * shape.inputDimension, shape.exampleCount)
    precondition(
      episode.inputs.count == inputCount && episode.targets.count == targetCount,
      "The episodes of a set have one shape.")
    for i in 0..<inputCount { episode.inputs[i] = inputs[index * inputCount + i] }
    for i in 0..<targetCount { episode.targets[i] = targets[index * targetCount + i] }
  }

  /// The episode at `index`.
  package func episode(_ index: Int) -> Episode {
    var episode = Episode(shape: shape)
    copy(index, into: &episode)
    let count = shape.latentCount
    episode.latent = Array(latents[index * count..<(index + 1) * count])
    return episode
  }
}
