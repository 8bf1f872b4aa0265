/// What a task set of several shards holds, without its numbers.
package struct TaskSetSummary: Codable, Equatable, Sendable {
  package let path: String
  package let episodes: Int
  package let shards: Int
  /// Of all files together.
  package let bytes: Int
  /// SHA-256 over the seals of all shards.
  package let sha256: String
  /// Of the first shard, whose seal holds; those of the others were not checked.
  package let first: FileSummary

  /// Summarises a directory of shards that are all there.
  ///
  /// - Throws: ``StorageError`` if a shard is missing or foreign, or the first is damaged.
  /// - Complexity: O(number of shards + size of the first)
  package init(
    contentsOf path: String, fileSystem: any FileSystem = POSIXFileSystem()
  ) throws(StorageError) {
    let reader = try TaskSetReader(path, fileSystem: fileSystem)
    self.path = path
    episodes = reader.episodeCount
    shards = reader.shardCount
    bytes = reader.byteCount
    sha256 = reader.digest
    first = try FileSummary(contentsOf: reader.shardPaths[0], fileSystem: fileSystem)
  }
}

extension TaskSetSummary: CustomStringConvertible {
  package var description: String {
    """
    \(path): a task set of \(shards) shards
      episodes  \(episodes)
      bytes     \(bytes)
      sha-256   \(sha256)
      the first shard (`manabi verify` checks all)
    \(first)
    """
  }
}
