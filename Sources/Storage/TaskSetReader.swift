package import Episodes
import HDF5
import Synchronization

/// A task set on the disk, of which never more than two shards are in memory.
///
/// Opening checks that all shards are there and belong together; the seal of a shard is checked
/// when it is read. While one shard is in use, the next is read in the background.
package final class TaskSetReader: Sendable {
  package let path: String
  package let set: TaskSetDescription
  /// SHA-256 over the seals of all shards, 64 hexadecimal digits.
  package let digest: String
  private let files: TaskSetFiles
  private let partition: TaskSetPartition
  private let fileSystem: any FileSystem
  private let held: Mutex<Held>

  /// The shard in use, and the one that will be needed next.
  private struct Held: Sendable {
    var current: TaskSetShard
    var next: (index: Int, shard: PendingResult<TaskSetShard, StorageError>)?
  }

  /// Opens a task set.
  ///
  /// - Parameter path: a directory of shards, or one file that is a whole set.
  /// - Throws: ``StorageError`` if nothing is there; ``StorageError/incomplete(path:reason:)`` if a
  ///   shard is missing or belongs to another set; what reading the first shard throws.
  /// - Complexity: O(number of shards + size of the first)
  package init(
    _ path: String, fileSystem: any FileSystem = POSIXFileSystem()
  ) throws(StorageError) {
    self.path = path
    self.fileSystem = fileSystem
    files = try TaskSetFiles(path, fileSystem: fileSystem)
    digest = Storage.digest(ofShards: files.seals.map(\.digest))
    let first = try TaskSetShard(contentsOf: files.paths[0], fileSystem: fileSystem)
    set = first.set
    partition = first.partition
    guard partition.shardCount == files.paths.count else {
      throw .incomplete(path: files.paths[0], reason: "does not say how its set is cut")
    }
    held = Mutex(Held(current: first))
  }

  package var episodeCount: Int { self.set.episodeCount }
  package var shardCount: Int { partition.shardCount }
  /// The files of the shards, in order.
  package var shardPaths: [String] { files.paths }
  /// Of all files together.
  package var byteCount: Int {
    files.seals.reduce(0) { $0 + $1.imageByteCount + File.userBlockSize }
  }

  /// The episodes of these numbers, in order.
  ///
  /// - Throws: ``StorageError`` if a shard cannot be read or was changed.
  package func episodes(_ numbers: Range<Int>) throws(StorageError) -> [Episode] {
    var episodes: [Episode] = []
    episodes.reserveCapacity(numbers.count)
    try visit(numbers) { arrays, index in episodes.append(arrays.episode(index)) }
    return episodes
  }

  /// Calls `body` with the arrays of the shard and the index in them of each of some episodes.
  ///
  /// - Throws: ``StorageError`` if a shard cannot be read or was changed.
  package func visit(
    _ numbers: Range<Int>, _ body: (EpisodeArrays, Int) -> Void
  ) throws(StorageError) {
    precondition(0..<episodeCount ~= numbers.lowerBound || numbers.isEmpty)
    precondition(numbers.upperBound <= episodeCount, "The episodes are those of the set.")
    var number = numbers.lowerBound
    while number < numbers.upperBound {
      let shard = try shard(number / partition.shardLength)
      let end = min(numbers.upperBound, shard.firstEpisode + shard.episodes.count)
      for index in number..<end { body(shard.episodes, index - shard.firstEpisode) }
      number = end
    }
  }

  /// A shard, read if it is not held.
  ///
  /// - Throws: ``StorageError`` if it cannot be read, was changed since the set was opened, or is
  ///   not what its place asks for.
  package func shard(_ index: Int) throws(StorageError) -> TaskSetShard {
    try held.withLock { (held: inout Held) throws(StorageError) -> TaskSetShard in
      let last = held.current
      if last.index != index {
        held.current =
          if let next = held.next, next.index == index {
            try next.shard.value()
          } else {
            try read(index)
          }
      }
      let following = (index + 1) % shardCount
      if following != index, held.next?.index != following {
        held.next = (
          following,
          following == last.index
            ? PendingResult(value: last)
            : PendingResult { [self] () throws(StorageError) in try read(following) }
        )
      }
      return held.current
    }
  }

  private func read(_ index: Int) throws(StorageError) -> TaskSetShard {
    let path = files.paths[index]
    let shard = try TaskSetShard(contentsOf: path, fileSystem: fileSystem)
    guard shard.part == files.seals[index].part, shard.partition == partition else {
      throw .incomplete(path: path, reason: "changed after the set was opened")
    }
    return shard
  }
}
