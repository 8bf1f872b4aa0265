internal import Baselines
internal import Episodes
package import RandomKeys
package import Storage
package import TaskFamilies

// Dimension key
//   E  episodes of the set

/// Draws the episodes of a task set, shard by shard: episode `i` is the one that child `i` of the
/// key names, however the set is cut and whoever draws it.
package struct TaskSetGeneration: Sendable {
  private let family: any TaskFamily
  private let key: RandomKey
  private let withLatents: Bool
  private let workers: Int

  /// - Parameters:
  ///   - family: what to draw from.
  ///   - key: names the episodes.
  ///   - withLatents: whether to keep the latent tasks.
  ///   - workers: threads that draw; the result does not depend on it.
  package init(
    family: any TaskFamily, key: RandomKey, withLatents: Bool = true, workers: Int
  ) {
    precondition(workers > 0)
    self.family = family
    self.key = key
    self.withLatents = withLatents
    self.workers = workers
  }

  /// What the set holds, to open a writer with.
  ///
  /// - Parameters:
  ///   - family: as YAML.
  ///   - seed: from which the key was made.
  ///   - episodeCount: `E`
  ///   - software: the version that the files state.
  package func description(
    family yaml: String, seed: UInt64, episodeCount: Int, software: String
  ) -> TaskSetDescription {
    let shape = family.episodeShape
    return TaskSetDescription(
      origin: .family(yaml: yaml, seed: seed, key: key.words),
      shape: withLatents ? shape : shape.withoutLatents, episodeCount: episodeCount,
      software: software)
  }

  /// Draws all episodes and hands them to a writer.
  ///
  /// - Parameters:
  ///   - set: as ``description(family:seed:episodeCount:software:)`` gives it.
  ///   - writer: of that set.
  ///   - shouldStop: asked now and then; if true, the rest is not drawn.
  ///   - report: hears how many episodes are drawn.
  /// - Returns: whether all were drawn.
  /// - Throws: `StorageError` if a shard cannot be written.
  /// - Complexity: O(E) time; memory for two shards.
  package func run(
    _ set: TaskSetDescription, to writer: TaskSetWriter,
    shouldStop: @Sendable () -> Bool = { false },
    report: (Int) -> Void = { _ in }
  ) throws -> Bool {
    for shard in writer.shards {
      var episodes = EpisodeArrays(shape: set.shape, reserving: shard.count)
      // Small enough that progress shows and a signal is heeded at once, large enough to share out.
      let length = max(workers, min(4096, (4 << 20) / set.shape.byteCount))
      for start in stride(from: shard.lowerBound, to: shard.upperBound, by: length) {
        if shouldStop() { return false }
        let piece = start..<min(start + length, shard.upperBound)
        for part in draw(piece, set) { episodes.append(part) }
        report(piece.upperBound)
      }
      try writer.append(episodes)
    }
    return true
  }

  /// Some episodes in order, a part from each worker.
  private func draw(_ numbers: Range<Int>, _ set: TaskSetDescription) -> [EpisodeArrays] {
    concurrentMap(count: workers) { worker in
      let first = numbers.lowerBound + numbers.count * worker / workers
      let end = numbers.lowerBound + numbers.count * (worker + 1) / workers
      var part = EpisodeArrays(shape: set.shape, reserving: end - first)
      var episode = family.makeEpisode()
      for number in first..<end {
        family.sample(key.folded(with: number), into: &episode)
        part.append(episode)
      }
      return part
    }
  }
}
