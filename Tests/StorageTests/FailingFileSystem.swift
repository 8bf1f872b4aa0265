import Foundation
import Storage
import Synchronization

/// A file system whose `k`-th call fails, counted from one, and after it all others if so asked.
///
/// A write that fails has written half of its bytes, as on a disk that fills.
final class FailingFileSystem: FileSystem {
  private let system = POSIXFileSystem()
  private let failingCall: Int
  private let staysBroken: Bool
  private let exchangesNames: Bool
  private let calls = Atomic<Int>(0)
  private let pathsRead = Mutex<[String]>([])

  /// - Parameter exchangesNames: whether two names can be exchanged, as on a local disk.
  init(failingCall: Int, staysBroken: Bool = false, exchangesNames: Bool = true) {
    self.failingCall = failingCall
    self.staysBroken = staysBroken
    self.exchangesNames = exchangesNames
  }

  var callCount: Int { calls.load(ordering: .relaxed) }

  /// The files that were read whole, in order.
  var filesRead: [String] { pathsRead.withLock { $0 } }

  private func fails() -> Bool {
    let call = calls.add(1, ordering: .relaxed).newValue
    return call == failingCall || staysBroken && call > failingCall
  }

  private func pass(_ call: String, _ path: String) throws(StorageError) {
    if fails() { throw .system(call: call, path: path, code: ENOSPC) }
  }

  func read(_ path: String) throws(StorageError) -> [UInt8] {
    try pass("read", path)
    pathsRead.withLock { $0.append(path) }
    return try system.read(path)
  }

  func readPrefix(_ path: String, count: Int) throws(StorageError) -> [UInt8] {
    try pass("read", path)
    return try system.readPrefix(path, count: count)
  }

  func create(_ path: String) throws(StorageError) -> FileDescriptor {
    try pass("open", path)
    return try system.create(path)
  }

  func openForAppending(_ path: String) throws(StorageError) -> FileDescriptor {
    try pass("open", path)
    return try system.openForAppending(path)
  }

  func write(
    _ bytes: UnsafeRawBufferPointer, to file: borrowing FileDescriptor
  ) throws(StorageError) {
    if fails() {
      try system.write(
        UnsafeRawBufferPointer(rebasing: bytes.prefix(bytes.count / 2)), to: file)
      throw .system(call: "write", path: "", code: ENOSPC)
    }
    try system.write(bytes, to: file)
  }

  func size(of file: borrowing FileDescriptor) throws(StorageError) -> Int {
    try pass("fstat", "")
    return try system.size(of: file)
  }

  func truncate(_ file: borrowing FileDescriptor, to size: Int) throws(StorageError) {
    try pass("ftruncate", "")
    try system.truncate(file, to: size)
  }

  func synchronize(_ file: borrowing FileDescriptor) throws(StorageError) {
    try pass("fsync", "")
    try system.synchronize(file)
  }

  func synchronizeDirectory(_ path: String) throws(StorageError) {
    try pass("fsync", path)
    try system.synchronizeDirectory(path)
  }

  func rename(_ path: String, to newPath: String) throws(StorageError) {
    try pass("rename", newPath)
    try system.rename(path, to: newPath)
  }

  func exchange(_ path: String, with other: String) throws(StorageError) {
    guard exchangesNames else { throw .system(call: "renameat2", path: other, code: EINVAL) }
    try pass("renameat2", other)
    try system.exchange(path, with: other)
  }

  func remove(_ path: String) throws(StorageError) {
    try pass("unlink", path)
    try system.remove(path)
  }

  func removeDirectory(_ path: String) throws(StorageError) {
    try pass("rmdir", path)
    try system.removeDirectory(path)
  }

  func createDirectory(_ path: String) throws(StorageError) {
    try pass("mkdir", path)
    try system.createDirectory(path)
  }

  func names(in directory: String) throws(StorageError) -> [String] {
    try pass("readdir", directory)
    return try system.names(in: directory)
  }

  func exists(_ path: String) -> Bool { system.exists(path) }

  func isDirectory(_ path: String) -> Bool { system.isDirectory(path) }
}
