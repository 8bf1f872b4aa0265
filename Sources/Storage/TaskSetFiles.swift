import HDF5

/// The files of a task set, which are all there and belong together as far as their seals say.
package struct TaskSetFiles: Sendable {
  /// In order.
  package let paths: [String]
  let seals: [Seal]

  /// - Parameter path: a directory of shards, or one file that is a whole set.
  /// - Throws: ``StorageError`` if nothing is there or a seal cannot be read;
  ///   ``StorageError/incomplete(path:reason:)`` if a shard is missing or belongs to another set.
  /// - Complexity: O(number of shards)
  package init(
    _ path: String, fileSystem: any FileSystem = POSIXFileSystem()
  ) throws(StorageError) {
    paths = try Self.paths(of: path, fileSystem: fileSystem)
    seals = try paths.map { (path) throws(StorageError) in try Self.seal(of: path, fileSystem) }
    try Self.check(seals, paths, path)
  }

  /// The files of a set by their names, in order.
  package static func paths(
    of path: String, fileSystem: any FileSystem = POSIXFileSystem()
  ) throws(StorageError) -> [String] {
    guard fileSystem.isDirectory(path) else { return [path] }
    let names = try fileSystem.names(in: path).filter(TaskSetPartition.isShard)
    guard !names.isEmpty else {
      throw .notOurs(path: path, reason: "the directory holds no shards of a task set")
    }
    // Longer names are later shards: more than five digits.
    return names.sorted { ($0.count, $0) < ($1.count, $1) }.map { "\(path)/\($0)" }
  }

  private static func seal(
    of path: String, _ fileSystem: any FileSystem
  ) throws(StorageError) -> Seal {
    let seal = try Seal(
      reading: try fileSystem.read(path, from: 0, count: File.userBlockSize), path: path)
    guard seal.kind == .taskSet, seal.part != nil else {
      throw .notOurs(path: path, reason: "it is \(seal.kind.noun), not \(FileKind.taskSet.noun)")
    }
    return seal
  }

  /// Throws unless the files are all the shards of one set.
  private static func check(
    _ seals: [Seal], _ paths: [String], _ path: String
  ) throws(StorageError) {
    let parts = seals.compactMap(\.part)
    guard let first = parts.first else { return }
    if paths == [path] {
      guard first.count == 1 else {
        throw .notOurs(
          path: path,
          reason: "it is shard \(first.index) of \(first.count); name the directory that holds them"
        )
      }
      return
    }
    for (part, shardPath) in zip(parts, paths) {
      guard part.series == first.series, part.count == first.count else {
        throw .incomplete(path: shardPath, reason: "belongs to another set than \(paths[0])")
      }
      guard shardPath == "\(path)/\(TaskSetPartition.fileName(ofShard: part.index))" else {
        throw .incomplete(
          path: shardPath, reason: "is a copy of shard \(part.index) under another name")
      }
    }
    let present = Set(parts.map(\.index))
    if let absent = (0..<first.count).first(where: { !present.contains($0) }) {
      throw .incomplete(
        path: "\(path)/\(TaskSetPartition.fileName(ofShard: absent))",
        reason: "is missing, one of \(first.count) shards")
    }
  }
}
