import Foundation

/// What a directory can be trusted with, found out by writing there.
package struct DirectoryExamination: Sendable {
  /// The directory, or the nearest one above it that is there.
  package let path: String
  /// What the kernel calls its file system, such as `ext4`; `nil` if it does not say.
  package let fileSystemType: String?
  /// Bytes that this user may still write.
  package let freeBytes: Int
  /// Files that this user may still make; `nil` where there is no such limit.
  package let freeFiles: Int?
  /// The median of `fsync` after writing a file of a megabyte.
  package let synchronizeMilliseconds: Double
  /// The median of `rename` and `fsync` of the directory.
  package let renameMilliseconds: Double
  /// Whether `flock` works.
  package let locks: Bool

  private static let rounds = 3

  /// Writes a hidden file a few times, and removes it.
  ///
  /// - Parameters:
  ///   - path: of a directory, which need not be there yet.
  ///   - now: nanoseconds of a clock that never goes back.
  /// - Throws: ``StorageError`` with the call that failed: nothing can be written there.
  package init(of path: String, now: () -> UInt64) throws(StorageError) {
    let fileSystem = POSIXFileSystem()
    self.path = Self.nearest(to: path, fileSystem)
    let directory = self.path
    fileSystemType = MountTable.current?.fileSystemType(of: directory)
    var space = statvfs()
    guard statvfs(directory, &space) == 0 else {
      throw .system(call: "statvfs", path: directory, code: errno)
    }
    freeBytes = Int(clamping: UInt64(space.f_bavail) * UInt64(space.f_frsize))
    freeFiles = space.f_files == 0 ? nil : Int(clamping: space.f_favail)

    let name = "\(directory)/.manabi-doctor-\(ProcessInfo.processInfo.processIdentifier)"
    let (first, second) = ("\(name)\(temporaryEnding)", "\(name)-renamed\(temporaryEnding)")
    defer {
      // Either name may be there, or none.
      unlink(first)
      unlink(second)
    }
    let bytes = [UInt8](repeating: 0x5a, count: 1 << 20)
    var (synchronizing, renaming): ([UInt64], [UInt64]) = ([], [])
    var locks = false
    for _ in 0..<Self.rounds {
      let file = try fileSystem.create(first)
      locks = flock(file.number, LOCK_EX | LOCK_NB) == 0
      try fileSystem.write(bytes, to: file)
      let start = now()
      try fileSystem.synchronize(file)
      let synchronized = now()
      try fileSystem.rename(first, to: second)
      try fileSystem.synchronizeDirectory(directory)
      synchronizing.append(synchronized - start)
      renaming.append(now() - synchronized)
    }
    self.locks = locks
    synchronizeMilliseconds = Double(synchronizing.sorted()[Self.rounds / 2]) * 1e-6
    renameMilliseconds = Double(renaming.sorted()[Self.rounds / 2]) * 1e-6
  }

  private static func nearest(to path: String, _ fileSystem: POSIXFileSystem) -> String {
    var path = path.isEmpty ? "." : path
    while !fileSystem.exists(path) {
      let above = Storage.directory(of: path)
      if above == path { break }
      path = above
    }
    return path
  }
}
