import CRename
import Foundation

/// The file system of the machine.
package struct POSIXFileSystem: FileSystem {
  package init() {}

  /// `open(2)`, `fstat(2)`, `read(2)`
  package func read(_ path: String) throws(StorageError) -> [UInt8] {
    try read(path, from: 0, count: .max)
  }

  /// `open(2)`, `fstat(2)`, `pread(2)`
  package func read(
    _ path: String, from offset: Int, count: Int
  ) throws(StorageError) -> [UInt8] {
    let file = try openForReading(path)
    let size = max(0, min(count, try self.size(of: file) - offset))
    var bytes = [UInt8](repeating: 0, count: size)
    var filled = 0
    while filled < bytes.count {
      let count = try call("pread", path) {
        bytes.withUnsafeMutableBytes { buffer in
          pread(
            file.number, buffer.baseAddress?.advanced(by: filled), buffer.count - filled,
            off_t(offset + filled))
        }
      }
      if count == 0 { break }
      filled += count
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }

  /// Opens a file, and nothing that only looks like one: a device or a pipe may never end.
  ///
  /// `open(2)`, `fstat(2)`
  ///
  /// - Throws: ``StorageError/notOurs(path:reason:)`` if it is something else.
  func openForReading(_ path: String) throws(StorageError) -> FileDescriptor {
    // Without the flag, opening a pipe that nobody writes to would wait.
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    let file = FileDescriptor(try call("open", path) { open(path, flags) }, path: path)
    var status = stat()
    try call("fstat", path) { fstat(file.number, &status) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .notOurs(
        path: path,
        reason: "it is not a file but a directory, a device or a pipe; copy it to a file")
    }
    return file
  }

  /// `open(2)` with `O_TRUNC`
  package func create(_ path: String) throws(StorageError) -> FileDescriptor {
    try openForWriting(path, O_TRUNC)
  }

  /// `open(2)` with `O_APPEND`
  package func openForAppending(_ path: String) throws(StorageError) -> FileDescriptor {
    try openForWriting(path, O_APPEND)
  }

  private func openForWriting(
    _ path: String, _ mode: Int32
  ) throws(StorageError) -> FileDescriptor {
    do throws(StorageError) {
      let flags = O_WRONLY | O_CREAT | O_CLOEXEC | mode
      return FileDescriptor(try call("open", path) { open(path, flags, 0o644) }, path: path)
    } catch .missing {
      // The file would have been made, so it is the directory that is not there.
      throw .missing(path: directory(of: path))
    }
  }

  /// `write(2)`, again for the rest when it writes less than all.
  package func write(
    _ bytes: UnsafeRawBufferPointer, to file: borrowing FileDescriptor
  ) throws(StorageError) {
    let number = file.number
    var rest = bytes
    while !rest.isEmpty {
      let part = rest
      let count = try call("write", file.path) {
        Foundation.write(number, part.baseAddress, part.count)
      }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    }
  }

  /// `pwrite(2)`, again for the rest when it writes less than all.
  package func overwriteBeginning(
    of file: borrowing FileDescriptor, with bytes: UnsafeRawBufferPointer
  ) throws(StorageError) {
    let number = file.number
    var written = 0
    while written < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(written))
      written += try call("pwrite", file.path) {
        pwrite(number, rest.baseAddress, rest.count, off_t(written))
      }
    }
  }

  /// `flock(2)`
  package func lock(_ file: borrowing FileDescriptor) throws(StorageError) -> Bool {
    let number = file.number
    do throws(StorageError) {
      try call("flock", file.path) { flock(number, LOCK_EX | LOCK_NB) }
      return true
    } catch .system(_, _, EWOULDBLOCK) {
      return false
    }
  }

  /// `fstat(2)`
  package func size(of file: borrowing FileDescriptor) throws(StorageError) -> Int {
    let number = file.number
    var status = stat()
    try call("fstat", file.path) { fstat(number, &status) }
    return Int(status.st_size)
  }

  /// `ftruncate(2)`
  package func truncate(
    _ file: borrowing FileDescriptor, to size: Int
  ) throws(StorageError) {
    let number = file.number
    try call("ftruncate", file.path) { ftruncate(number, off_t(size)) }
  }

  /// `posix_fadvise(2)`: to let go of a file's pages the kernel first writes them.
  package func beginSynchronizing(_ file: borrowing FileDescriptor) {
    // Some file systems do not know the advice, and lose nothing but time.
    _ = posix_fadvise(file.number, 0, 0, POSIX_FADV_DONTNEED)
  }

  /// `fsync(2)`
  package func synchronize(_ file: borrowing FileDescriptor) throws(StorageError) {
    let number = file.number
    try call("fsync", file.path) { fsync(number) }
  }

  /// `open(2)`, `fsync(2)`
  package func synchronizeDirectory(_ path: String) throws(StorageError) {
    let directory = FileDescriptor(
      try call("open", path) { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }, path: path)
    try synchronize(directory)
  }

  /// `rename(2)`
  package func rename(_ path: String, to newPath: String) throws(StorageError) {
    try call("rename", newPath) { Foundation.rename(path, newPath) }
  }

  /// `renameat2(2)` with `RENAME_EXCHANGE`
  package func exchange(_ path: String, with other: String) throws(StorageError) {
    try call("renameat2", other) { exchange_names(path, other) }
  }

  /// `unlink(2)`
  package func remove(_ path: String) throws(StorageError) {
    try call("unlink", path) { unlink(path) }
  }

  /// `rmdir(2)`
  package func removeDirectory(_ path: String) throws(StorageError) {
    try call("rmdir", path) { rmdir(path) }
  }

  /// `mkdir(2)` and `fsync(2)` of the directory above, for every part of the path that is missing
  package func createDirectory(_ path: String) throws(StorageError) {
    let above = directory(of: path)
    do throws(StorageError) {
      try makeDirectory(path, in: above)
    } catch .missing where above != path {
      try createDirectory(above)
      // Once: below a current directory that was removed nothing can ever be made.
      try makeDirectory(path, in: above)
    }
  }

  private func makeDirectory(_ path: String, in above: String) throws(StorageError) {
    do throws(StorageError) {
      try call("mkdir", path) { mkdir(path, 0o755) }
    } catch .system(_, _, EEXIST) {
      return
    }
    try synchronizeDirectory(above)
  }

  /// `opendir(3)`, `readdir(3)`
  package func names(in directory: String) throws(StorageError) -> [String] {
    var opened = opendir(directory)
    while opened == nil, errno == EINTR { opened = opendir(directory) }
    guard let stream = opened else {
      let code = errno
      throw code == ENOENT
        ? .missing(path: directory) : .system(call: "opendir", path: directory, code: code)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      // Only this tells the end from a failure.
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw .system(call: "readdir", path: directory, code: errno) }
    return names.sorted()
  }

  /// `access(2)`
  package func exists(_ path: String) -> Bool {
    while access(path, F_OK) != 0 {
      switch errno {
      case EINTR: continue
      case ENOENT, ENOTDIR, ENAMETOOLONG: return false
      default: return true
      }
    }
    return true
  }

  /// `stat(2)`
  package func isDirectory(_ path: String) -> Bool {
    var status = stat()
    while stat(path, &status) != 0 {
      if errno != EINTR { return false }
    }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  /// Makes a system call, again if a signal interrupted it.
  @discardableResult
  private func call<Status: SignedInteger>(
    _ name: String, _ path: String, _ body: () -> Status
  ) throws(StorageError) -> Status {
    while true {
      let status = body()
      if status >= 0 { return status }
      switch errno {
      case EINTR: continue
      case ENOENT: throw .missing(path: path)
      case let code: throw .system(call: name, path: path, code: code)
      }
    }
  }
}
