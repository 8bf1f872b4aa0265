package import RandomKeys

/// The tasks of a family: a finite pool, or a new task for every episode.
///
/// The tasks of a pool are never stored: task `i` is what its key draws, whenever it is drawn. A
/// pool of `2m` tasks contains the pool of `m` tasks of the same seed.
///
/// Source of finite pools: Raventós et al. 2023, section 2, <https://arxiv.org/abs/2306.15063>.
package struct TaskPool: Hashable, Sendable {
  /// How many tasks there are; nil for no limit.
  package let count: Int?
  /// Names the pool.
  package let seed: Int

  package init(count: Int?, seed: Int) {
    precondition((count ?? 1) > 0 && seed >= 0, "A pool has tasks, and a seed of at least zero.")
    self.count = count
    self.seed = seed
  }

  /// The key of the task of an episode.
  package func taskKey(forEpisode key: RandomKey) -> RandomKey {
    let own = key.folded(with: EpisodeStream.task)
    guard let count else { return own }
    // Apart from the streams that others fold out of the same seed: "taskpool" in ASCII.
    let pool = RandomKey(seed: UInt64(seed)).folded(with: 0x7461_736B_706F_6F6C as UInt64)
    return pool.folded(with: own.uniformInteger(below: count))
  }
}
