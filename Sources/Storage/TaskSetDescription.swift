package import Episodes

/// What all shards of a task set have in common.
package struct TaskSetDescription: Equatable, Sendable {
  package let origin: TaskSetOrigin
  /// Of every episode.
  package let shape: EpisodeShape
  /// `E`, of the whole set.
  package let episodeCount: Int
  /// What wrote it.
  package let software: String

  package init(origin: TaskSetOrigin, shape: EpisodeShape, episodeCount: Int, software: String) {
    precondition(episodeCount > 0, "A task set has episodes.")
    self.origin = origin
    self.shape = shape
    self.episodeCount = episodeCount
    self.software = software
  }

  /// The family as YAML, if the episodes were drawn.
  package var family: String? {
    guard case .family(let yaml, _, _) = origin else { return nil }
    return yaml
  }

  /// SHA-256 of the description, which the seals of all shards carry.
  func series(shardLength: Int) -> String {
    let origin =
      switch origin {
      case .family(let yaml, let seed, let key): "family \(seed) \(key)\n\(yaml)"
      case .imported(let source): "imported \(source)"
      }
    let extents = [shape.exampleCount, shape.inputDimension, shape.latentCount]
    let text = "\(origin)\n\(extents) \(shape.target) \(episodeCount) \(shardLength)\n\(software)"
    return digest(of: Array(text.utf8))
  }
}
