package import Episodes
package import RandomKeys

extension TaskFamily {
  /// Draws the episode that `key` names.
  ///
  /// - Parameters:
  ///   - key: names the episode.
  ///   - episode: made by ``makeEpisode()``; overwritten.
  package func sample(_ key: RandomKey, into episode: inout Episode) {
    sample(key, activeDimension: episodeShape.inputDimension, into: &episode)
  }

  /// Draws the episode that `key` names, with inputs that are zero but for their first coordinates.
  ///
  /// - Parameters:
  ///   - key: names the episode.
  ///   - activeDimension: how many coordinates stay as they are drawn.
  ///   - episode: made by ``makeEpisode()``; overwritten.
  package func sample(_ key: RandomKey, activeDimension: Int, into episode: inout Episode) {
    precondition(episode.shape == episodeShape, "An episode has the shape of its family.")
    drawTask(key.folded(with: .task), into: &episode)
    drawInputs(key, into: &episode)
    let dimension = episodeShape.inputDimension
    if activeDimension < dimension {
      for example in 0..<episodeShape.exampleCount {
        for i in activeDimension..<dimension { episode.inputs[example * dimension + i] = 0 }
      }
    }
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
