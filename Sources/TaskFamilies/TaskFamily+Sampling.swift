package import Episodes
package import RandomKeys

extension TaskFamily {
  /// Draws the episode that `key` names.
  ///
  /// - Parameters:
  ///   - key: names the episode.
  ///   - episode: made by ``makeEpisode()``; overwritten.
  package func sample(_ key: RandomKey, into episode: inout Episode) {
    precondition(episode.shape == episodeShape, "An episode has the shape of its family.")
    drawTask(key.folded(with: .task), into: &episode)
    drawInputs(key, into: &episode)
    drawTargets(key, into: &episode)
  }

  /// The episode that `key` names, in memory of its own and without room for others.
  package func episode(_ key: RandomKey) -> Episode {
    var episode = makeEpisode()
    sample(key, into: &episode)
    episode.parts = []
    return episode
  }

  /// The `count` episodes that the children `0 ..< count` of `key` name.
  package func episodes(_ count: Int, key: RandomKey) -> [Episode] {
    (0..<count).map { episode(key.folded(with: $0)) }
  }
}
