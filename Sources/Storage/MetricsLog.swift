import Foundation
import Synchronization

/// A file to which a run adds one JSON object a line.
///
/// A checkpoint names the length that the log has with it. A resumed run cuts the log to that
/// length and goes on, so no step is missing or told twice. Lines that a full disk does not take are
/// kept, and written when it takes them again.
///
/// Sendable because a lock guards all that changes: training appends while a checkpoint is saved.
package final class MetricsLog: Sendable {
  /// The most bytes of lines that are kept when they cannot be written.
  private static let largestBacklog = 64 << 20

  private struct Lines {
    /// Bytes that are in the file.
    var written: Int
    /// Lines that are not, yet.
    var backlog: [UInt8] = []
    /// Whether part of a line may follow in the file, which could not be cut off yet.
    var hasTornEnd = false
  }

  private let file: FileDescriptor
  private let fileSystem: any FileSystem
  private let encoder = RecordCoding.encoder()
  private let lines: Mutex<Lines>

  /// Opens a log and cuts it to a length.
  ///
  /// - Parameters:
  ///   - path: the file, which is made if it is not there.
  ///   - offset: bytes to keep, zero for a new run.
  ///   - fileSystem: where the file is.
  /// - Throws: ``StorageError/damaged(path:reason:)`` if the log is shorter than `offset`;
  ///   ``StorageError/system(call:path:code:)`` with the call that failed.
  package init(
    _ path: String, keeping offset: Int, fileSystem: any FileSystem = POSIXFileSystem()
  ) throws(StorageError) {
    file = try fileSystem.openForAppending(path)
    self.fileSystem = fileSystem
    lines = Mutex(Lines(written: offset))
    let size = try fileSystem.size(of: file)
    guard size >= offset else {
      throw .damaged(path: path, reason: "it has \(size) bytes, the checkpoint knows \(offset)")
    }
    try fileSystem.truncate(file, to: offset)
  }

  /// Bytes of all lines so far, in the file or not.
  package var offset: Int { lines.withLock { $0.written + $0.backlog.count } }

  /// Adds a line.
  ///
  /// - Throws: what the encoder throws; ``StorageError/system(call:path:code:)`` if lines could not
  ///   be written for so long that there are too many to keep.
  package func append(_ record: some Encodable) throws {
    let line = Array(try encoder.encode(record)) + [UInt8(ascii: "\n")]
    try lines.withLock { lines in
      lines.backlog += line
      do {
        try write(&lines)
      } catch  where lines.backlog.count <= Self.largestBacklog {
        // Written with a later line, or the checkpoint that needs it says why it cannot be saved.
      }
    }
  }

  /// Waits until all lines are on the disk: to be called before a checkpoint names their length.
  ///
  /// - Throws: ``StorageError/system(call:path:code:)`` with the call that failed.
  package func synchronize() throws(StorageError) {
    let outcome = lines.withLock { lines in
      Result { () throws(StorageError) in try write(&lines) }
    }
    try outcome.get()
    try fileSystem.synchronize(file)
  }

  /// Cuts the log to a length that it had.
  ///
  /// - Throws: ``StorageError/system(call:path:code:)`` with the call that failed.
  package func cut(to offset: Int) throws(StorageError) {
    let outcome = lines.withLock { lines in
      Result { () throws(StorageError) in
        try write(&lines)
        precondition(offset <= lines.written, "A log is cut to a length that it had.")
        try fileSystem.truncate(file, to: offset)
        lines.written = offset
      }
    }
    try outcome.get()
  }

  /// Writes the lines that are not in the file, with one `write(2)`.
  private func write(_ lines: inout sending Lines) throws(StorageError) {
    if lines.backlog.isEmpty { return }
    try cutTornEnd(&lines)
    do throws(StorageError) {
      try fileSystem.write(lines.backlog, to: file)
    } catch {
      lines.hasTornEnd = true
      // The error that counts is the first; what is left is cut off before the next line.
      try? cutTornEnd(&lines)
      throw error
    }
    lines.written += lines.backlog.count
    lines.backlog.removeAll(keepingCapacity: true)
  }

  private func cutTornEnd(_ lines: inout sending Lines) throws(StorageError) {
    guard lines.hasTornEnd else { return }
    try fileSystem.truncate(file, to: lines.written)
    lines.hasTornEnd = false
  }
}
