import Foundation

/// The right to write to a run, which one process has at a time.
///
/// The right is the system's lock on the file `.lock`, which ends with the process however that
/// ends; the text of the file says who has it. On file systems without locks the text alone decides:
/// an owner that is gone loses its right.
package final class RunLock {
  private let file: FileDescriptor
  private let fileSystem: any FileSystem

  /// - Parameters:
  ///   - path: of the lock's file, which is made if it is not there.
  ///   - run: the path for the error.
  ///   - fileSystem: where the file is.
  /// - Throws: ``StorageError/busy(path:owner:)`` if another process has it;
  ///   ``StorageError/system(call:path:code:)`` with the call that failed.
  init(_ path: String, of run: String, fileSystem: any FileSystem) throws(StorageError) {
    // Not a property before the lock is taken: who does not get it must not empty the file.
    let file = try fileSystem.openForAppending(path)
    if try !Self.take(file, path, fileSystem) {
      let owner = try Self.owner(path, fileSystem, waiting: true)
      throw .busy(path: run, owner: owner.map(String.init(describing:)) ?? "another process")
    }
    self.file = file
    self.fileSystem = fileSystem
    try fileSystem.truncate(self.file, to: 0)
    // A name is text and a few numbers, which always encode.
    let text = (try? JSONEncoder().encode(ProcessIdentity.current)) ?? Data()
    try fileSystem.write(Array(text), to: self.file)
  }

  /// Empties the file, so that it does not name an owner that is gone.
  deinit { try? fileSystem.truncate(file, to: 0) }

  private static func take(
    _ file: borrowing FileDescriptor, _ path: String, _ fileSystem: any FileSystem
  ) throws(StorageError) -> Bool {
    do throws(StorageError) {
      return try fileSystem.lock(file)
    } catch {
      guard case .system(_, _, let code) = error, [ENOSYS, ENOLCK, EOPNOTSUPP].contains(code) else {
        throw error
      }
      return try !(owner(path, fileSystem, waiting: false)?.mayBeAlive ?? false)
    }
  }

  /// Who the file says has the lock.
  ///
  /// - Parameter waiting: whether an owner that has not signed yet is given a moment to do so.
  private static func owner(
    _ path: String, _ fileSystem: any FileSystem, waiting: Bool
  ) throws(StorageError) -> ProcessIdentity? {
    for _ in 0..<(waiting ? 50 : 1) {
      let text = Data(try fileSystem.read(path))
      if let owner = try? JSONDecoder().decode(ProcessIdentity.self, from: text) { return owner }
      if waiting { usleep(10_000) }
    }
    return nil
  }
}
