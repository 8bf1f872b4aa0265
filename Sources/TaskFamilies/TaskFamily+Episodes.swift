package import Episodes
package import RandomKeys

extension TaskFamily {
  /// The episode that `key` names, in memory of its own.
  package func episode(_ key: RandomKey) -> Episode {
    var episode = Episode(shape: episodeShape)
    sample(key, into: &episode)
    return episode
  }

  /// The `count` episodes that the children `0 ..< count` of `key` name.
  package func episodes(_ count: Int, key: RandomKey) -> [Episode] {
    (0..<count).map { episode(key.folded(with: $0)) }
  }
}
