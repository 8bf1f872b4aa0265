import Foundation
package import Storage
import Synchronization

/// A file system some of whose calls fail, counted from one: the `k`-th, or all from it on.
///
/// A write that fails has written half of its bytes, as on a disk that fills.
package final class FailingFileSystem: FileSystem {
  private let system = POSIXFileSystem()
  private let failingCalls: Range<Int>
  private let code: Int32
  private let exchangesNames: Bool
  private let calls = Atomic<Int>(0)
  private let pathsRead = Mutex<[String]>([])

  /// - Parameter exchangesNames: whether two names can be exchanged, as on a local disk.
  package init(failingCall: Int, staysBroken: Bool = false, exchangesNames: Bool = true) {
    code = ENOSPC
    self.exchangesNames = exchangesNames
    failingCalls = failingCall..<(staysBroken ? .max : failingCall == .max ? .max : failingCall + 1)
  }

  package init(failingCalls: Range<Int>, code: Int32 = ENOSPC) {
    self.failingCalls = failingCalls
    self.code = code
    exchangesNames = true
  }

  package var callCount: Int { calls.load(ordering: .relaxed) }

  /// The files that were read whole, in order.
  package var filesRead: [String] { pathsRead.withLock { $0 } }

  private func fails() -> Bool {
    failingCalls.contains(calls.add(1, ordering: .relaxed).newValue)
  }

  private func pass(_ call: String, _ path: String) throws(StorageError) {
    if fails() { throw .system(call: call, path: path, code: code) }
  }

  package func read(_ path: String) throws(StorageError) -> [UInt8] {
    try pass("read", path)
    pathsRead.withLock { $0.append(path) }
    return try system.read(path)
  }

  package func read(_ path: String, from offset: Int, count: Int) throws(StorageError) -> [UInt8] {
    try pass("read", path)
    return try system.read(path, from: offset, count: count)
  }

  package func lock(_ file: borrowing FileDescriptor) throws(StorageError) -> Bool {
    try pass("flock", "")
    return try system.lock(file)
  }

  package func create(_ path: String) throws(StorageError) -> FileDescriptor {
    try pass("open", path)
    return try system.create(path)
  }

  package func openForAppending(_ path: String) throws(StorageError) -> FileDescriptor {
    try pass("open", path)
    return try system.openForAppending(path)
  }

  package func write(
    _ bytes: UnsafeRawBufferPointer, to file: borrowing FileDescriptor
  ) throws(StorageError) {
    if fails() {
      try system.write(
        UnsafeRawBufferPointer(rebasing: bytes.prefix(bytes.count / 2)), to: file)
      throw .system(call: "write", path: "", code: code)
    }
    try system.write(bytes, to: file)
  }

  package func overwriteBeginning(
    of file: borrowing FileDescriptor, with bytes: UnsafeRawBufferPointer
  ) throws(StorageError) {
    if fails() {
      try system.overwriteBeginning(
        of: file, with: UnsafeRawBufferPointer(rebasing: bytes.prefix(bytes.count / 2)))
      throw .system(call: "pwrite", path: "", code: code)
    }
    try system.overwriteBeginning(of: file, with: bytes)
  }

  package func beginSynchronizing(_ file: borrowing FileDescriptor) {
    system.beginSynchronizing(file)
  }

  package func size(of file: borrowing FileDescriptor) throws(StorageError) -> Int {
    try pass("fstat", "")
    return try system.size(of: file)
  }

  package func truncate(_ file: borrowing FileDescriptor, to size: Int) throws(StorageError) {
    try pass("ftruncate", "")
    try system.truncate(file, to: size)
  }

  package func synchronize(_ file: borrowing FileDescriptor) throws(StorageError) {
    try pass("fsync", "")
    try system.synchronize(file)
  }

  package func synchronizeDirectory(_ path: String) throws(StorageError) {
    try pass("fsync", path)
    try system.synchronizeDirectory(path)
  }

  package func rename(_ path: String, to newPath: String) throws(StorageError) {
    try pass("rename", newPath)
    try system.rename(path, to: newPath)
  }

  package func exchange(_ path: String, with other: String) throws(StorageError) {
    guard exchangesNames else { throw .system(call: "renameat2", path: other, code: EINVAL) }
    try pass("renameat2", other)
    try system.exchange(path, with: other)
  }

  package func remove(_ path: String) throws(StorageError) {
    try pass("unlink", path)
    try system.remove(path)
  }

  package func removeDirectory(_ path: String) throws(StorageError) {
    try pass("rmdir", path)
    try system.removeDirectory(path)
  }

  package func createDirectory(_ path: String) throws(StorageError) {
    try pass("mkdir", path)
    try system.createDirectory(path)
  }

  package func names(in directory: String) throws(StorageError) -> [String] {
    try pass("readdir", directory)
    return try system.names(in: directory)
  }

  package func exists(_ path: String) -> Bool { system.exists(path) }

  package func isDirectory(_ path: String) -> Bool { system.isDirectory(path) }
}
