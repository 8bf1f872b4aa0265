/// What this module asks of the operating system: the seam at which tests let every call fail.
///
/// Each requirement is one system call (or the loop around one that its contract asks for), and
/// throws ``StorageError/system(call:path:code:)`` with its name.
package protocol FileSystem: Sendable {
  /// The bytes of a file.
  ///
  /// - Throws: ``StorageError/missing(path:)`` if there is none.
  func read(_ path: String) throws(StorageError) -> [UInt8]

  /// `count` bytes of a file from `offset` on, fewer if it ends before.
  ///
  /// - Throws: ``StorageError/missing(path:)`` if there is none.
  func read(_ path: String, from offset: Int, count: Int) throws(StorageError) -> [UInt8]

  /// Opens an empty file for writing, in place of one that is there.
  func create(_ path: String) throws(StorageError) -> FileDescriptor

  /// Opens a file for writing at its end, empty if there was none.
  func openForAppending(_ path: String) throws(StorageError) -> FileDescriptor

  /// Writes all bytes.
  func write(_ bytes: UnsafeRawBufferPointer, to file: borrowing FileDescriptor)
    throws(StorageError)

  /// Writes all bytes over those at the beginning of a file.
  func overwriteBeginning(of file: borrowing FileDescriptor, with bytes: UnsafeRawBufferPointer)
    throws(StorageError)

  /// Takes the lock of an open file, which this process then holds until the file is closed.
  ///
  /// - Returns: whether it was free.
  func lock(_ file: borrowing FileDescriptor) throws(StorageError) -> Bool

  /// The size of a file in bytes.
  func size(of file: borrowing FileDescriptor) throws(StorageError) -> Int

  /// Cuts a file to a size in bytes.
  func truncate(_ file: borrowing FileDescriptor, to size: Int) throws(StorageError)

  /// Has the system begin to bring a file to the disk, without waiting for it: a hint.
  func beginSynchronizing(_ file: borrowing FileDescriptor)

  /// Waits until a file is on the disk.
  func synchronize(_ file: borrowing FileDescriptor) throws(StorageError)

  /// Waits until the names in a directory are on the disk.
  func synchronizeDirectory(_ path: String) throws(StorageError)

  /// Gives a file another name, in place of one that has it.
  func rename(_ path: String, to newPath: String) throws(StorageError)

  /// Gives two files or directories each the name of the other, in one step.
  ///
  /// - Throws: ``StorageError/system(call:path:code:)`` with `EINVAL` if this file system cannot.
  func exchange(_ path: String, with other: String) throws(StorageError)

  /// Removes a file.
  func remove(_ path: String) throws(StorageError)

  /// Removes an empty directory.
  func removeDirectory(_ path: String) throws(StorageError)

  /// Makes a directory and those above it that are missing; one that is there is fine.
  func createDirectory(_ path: String) throws(StorageError)

  /// The names in a directory, sorted.
  ///
  /// - Throws: ``StorageError/missing(path:)`` if there is no such directory.
  func names(in directory: String) throws(StorageError) -> [String]

  /// Whether something is there; yes if that cannot be told, so that what is there is never taken
  /// for absent. The call that follows then says what is wrong.
  func exists(_ path: String) -> Bool

  func isDirectory(_ path: String) -> Bool
}

extension FileSystem {
  func write(_ bytes: [UInt8], to file: borrowing FileDescriptor) throws(StorageError) {
    let outcome = bytes.withUnsafeBytes { bytes in
      Result { () throws(StorageError) in try write(bytes, to: file) }
    }
    try outcome.get()
  }

  /// Puts a whole file in its place: afterwards the path holds all the bytes, on the disk, or what
  /// it held before.
  ///
  /// - Throws: ``StorageError/system(call:path:code:)`` with the call that failed.
  package func replace(_ path: String, with bytes: [UInt8]) throws(StorageError) {
    try replace(path) { (file) throws(StorageError) in try write(bytes, to: file) }
  }

  /// Puts a whole file in its place: afterwards the path holds all that `body` wrote, on the disk,
  /// or what it held before.
  ///
  /// A temporary file in the same directory is written, brought to the disk and renamed, then the
  /// directory is brought to the disk. If a call fails the temporary file is removed; one that a
  /// crash leaves behind is known by its name (see ``RunDirectory/removeStaleFiles()``).
  ///
  /// - Throws: ``StorageError/system(call:path:code:)`` with the call that failed; what `body`
  ///   throws.
  func replace(
    _ path: String, writing body: (borrowing FileDescriptor) throws(StorageError) -> Void
  ) throws(StorageError) {
    let temporary = temporaryPath(for: path)
    do throws(StorageError) {
      let file = try create(temporary)
      try body(file)
      try synchronize(file)
      try rename(temporary, to: path)
    } catch {
      // The error that counts is the first; the leftover is recognised later if this fails too.
      try? remove(temporary)
      throw error
    }
    try synchronizeDirectory(directory(of: path))
  }
}

/// The name ending of files that are being written.
let temporaryEnding = ".partial"

/// A hidden file beside `path`.
func temporaryPath(for path: String) -> String {
  let name = path.split(separator: "/").last.map(String.init) ?? "file"
  // File systems allow names of 255 bytes, and what a file may be called it shall be called.
  let isLong = name.utf8.count > 255 - 1 - temporaryEnding.utf8.count
  let stem = isLong ? digest(of: Array(name.utf8)) : name
  return "\(directory(of: path))/.\(stem)\(temporaryEnding)"
}

/// The directory that holds a path.
func directory(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}
