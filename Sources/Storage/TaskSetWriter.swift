import Episodes
import Foundation

/// Writes a task set shard by shard, so that its path holds all of it in the end, or what it held
/// before.
///
/// A path that ends in `.h5` is one file, any other a directory of shards. A directory is written
/// under the name `PATH.partial` and renamed when it is whole. A shard is hashed and written in the
/// background while the caller makes the next.
package final class TaskSetWriter {
  /// The episodes of one shard, unless a user says otherwise: 64 MiB of them.
  package static let standardShardBytes = 64 << 20

  private let path: String
  private let set: TaskSetDescription
  private let partition: TaskSetPartition
  private let replaces: Bool
  private let fileSystem: any FileSystem
  private let isFile: Bool
  private var written = 0
  private var pending: PendingResult<String, any Error>?
  private var digests: [String] = []

  /// - Parameters:
  ///   - path: of the set.
  ///   - set: what is to be written.
  ///   - shardBytes: the most bytes of episodes in a shard, but at least one episode.
  ///   - replaces: whether a task set that is there already gives way.
  /// - Throws: ``StorageError/exists(path:)`` if something is there, and with `replaces` if it is
  ///   something else than a task set; ``StorageError/notOurs(path:reason:)`` if one file is asked
  ///   for and the set does not fit one shard.
  private init(
    _ path: String, _ set: TaskSetDescription, shardBytes: Int, replaces: Bool,
    fileSystem: any FileSystem
  ) throws(StorageError) {
    self.path = Self.trimmed(path)
    self.set = set
    self.replaces = replaces
    self.fileSystem = fileSystem
    partition = TaskSetPartition(
      episodeCount: set.episodeCount, shardLength: max(1, shardBytes / set.shape.byteCount))
    isFile = self.path.hasSuffix(".h5")
    if isFile, partition.shardCount > 1 {
      throw .notOurs(
        path: path,
        reason:
          "the set takes \(partition.shardCount) shards and a name ending in .h5 is one file; "
          + "leave out the ending for a directory, or raise --shard-size")
    }
    try checkPlace()
    if !isFile { try fileSystem.createDirectory(partialPath) }
  }

  /// The numbers of the episodes of each shard, in order.
  package var shards: [Range<Int>] {
    (0..<partition.shardCount).map { partition.episodes(ofShard: $0) }
  }

  /// Adds the next shard.
  ///
  /// - Parameter episodes: as many as ``shards`` says.
  /// - Throws: what went wrong with the shard before.
  package func append(_ episodes: EpisodeArrays) throws {
    try settle()
    let shard = TaskSetShard(of: set, partition, index: written, episodes: episodes)
    let target =
      isFile ? path : "\(partialPath)/\(TaskSetPartition.fileName(ofShard: written))"
    let fileSystem = fileSystem
    written += 1
    pending = PendingResult {
      try shard.image().write(to: target, fileSystem: fileSystem).digest
    }
  }

  /// Waits until the shard before is on the disk.
  private func settle() throws {
    guard let last = pending else { return }
    pending = nil
    digests.append(try last.value())
  }

  private var partialPath: String { path + temporaryEnding }
  /// Where a set goes that is being replaced, if names cannot be exchanged.
  private var replacedPath: String { "\(path).replaced\(temporaryEnding)" }
}

extension TaskSetWriter {
  /// Writes a task set.
  ///
  /// - Parameters:
  ///   - path: of the set; one that ends in `.h5` is one file, any other a directory.
  ///   - set: what is to be written.
  ///   - shardBytes: the most bytes of episodes in a shard, but at least one episode.
  ///   - replaces: whether a task set that is there already gives way.
  ///   - body: appends every shard; returns whether it did. If not, nothing is left.
  /// - Returns: the digest of the set; `nil` if `body` gave up.
  /// - Throws: what `body` throws; ``StorageError/exists(path:)`` if something is there that may
  ///   not be replaced; ``StorageError`` if a call fails. Nothing of the set is left then.
  package static func write(
    to path: String, _ set: TaskSetDescription, shardBytes: Int = standardShardBytes,
    replaces: Bool = false, fileSystem: any FileSystem = POSIXFileSystem(),
    _ body: (TaskSetWriter) throws -> Bool
  ) throws -> String? {
    let writer = try TaskSetWriter(
      path, set, shardBytes: shardBytes, replaces: replaces, fileSystem: fileSystem)
    do {
      guard try body(writer) else {
        writer.abandon()
        return nil
      }
      return try writer.finish()
    } catch {
      writer.abandon()
      throw error
    }
  }

  private func finish() throws -> String {
    try settle()
    precondition(written == partition.shardCount, "A set is written whole.")
    let digest = digest(ofShards: digests)
    if isFile { return digest }
    if fileSystem.exists(path) {
      try replaceSet()
    } else {
      try fileSystem.rename(partialPath, to: path)
      try fileSystem.synchronizeDirectory(directory(of: path))
    }
    return digest
  }

  /// Puts the new set in the place of the one that is there, so that the path always holds one.
  private func replaceSet() throws(StorageError) {
    do throws(StorageError) {
      try fileSystem.exchange(partialPath, with: path)
    } catch .system(_, _, EINVAL) {
      // Network file systems exchange no names; a kill between two renames is then recovered from
      // by the next process that replaces the set.
      try fileSystem.rename(path, to: replacedPath)
      do throws(StorageError) {
        try fileSystem.rename(partialPath, to: path)
      } catch {
        // What was there before comes back if it can; the first error is the one that counts.
        try? fileSystem.rename(replacedPath, to: path)
        throw error
      }
    }
    try fileSystem.synchronizeDirectory(directory(of: path))
    for old in [partialPath, replacedPath] where fileSystem.exists(old) { try removeSet(old) }
  }

  /// Removes what was written so far.
  private func abandon() {
    _ = try? pending?.value()
    pending = nil
    // Nothing more can be done where this fails, and the name says that the set is not whole.
    if !isFile { try? removeSet(partialPath) }
  }

  /// Throws unless the set may be written to its path; clears what an earlier process left there.
  private func checkPlace() throws(StorageError) {
    if replaces, !isFile { try recoverReplaced() }
    if fileSystem.exists(path) {
      guard replaces, try isReplaceable(path) else { throw .exists(path: path) }
    }
    guard !isFile, fileSystem.exists(partialPath) else { return }
    guard replaces, try isReplaceable(partialPath) else { throw .exists(path: partialPath) }
    try removeSet(partialPath)
  }

  /// Brings back a set that a process had put aside when it died, or removes it if the new one is
  /// in its place.
  private func recoverReplaced() throws(StorageError) {
    guard fileSystem.exists(replacedPath), try isReplaceable(replacedPath) else { return }
    if fileSystem.exists(path) {
      try removeSet(replacedPath)
    } else {
      try fileSystem.rename(replacedPath, to: path)
    }
  }

  /// Whether a path holds nothing but shards, whole or half-written, or is a file where one goes.
  private func isReplaceable(_ path: String) throws(StorageError) -> Bool {
    guard fileSystem.isDirectory(path) else { return isFile }
    guard !isFile else { return false }
    return try fileSystem.names(in: path).allSatisfy { name in
      TaskSetPartition.isShard(name) || name.hasPrefix(".shard-") && name.hasSuffix(temporaryEnding)
    }
  }

  private func removeSet(_ path: String) throws(StorageError) {
    do throws(StorageError) {
      for name in try fileSystem.names(in: path) { try fileSystem.remove("\(path)/\(name)") }
      try fileSystem.removeDirectory(path)
    } catch .missing {
      // It was looked for because nobody could tell whether it was there.
    }
  }

  /// A path without slashes at its end.
  private static func trimmed(_ path: String) -> String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }
}

/// The digest of a set: that of the digests of its shards in order.
func digest(ofShards digests: [String]) -> String {
  digest(of: Array(digests.joined(separator: "\n").utf8))
}
