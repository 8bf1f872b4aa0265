import Foundation

/// A file to which a run adds one JSON object a line.
///
/// A checkpoint names the length that the log has with it. A resumed run cuts the log to that
/// length and goes on, so no step is missing or told twice.
package final class MetricsLog {
  private let file: FileDescriptor
  private let fileSystem: any FileSystem
  private let encoder = JSONEncoder()
  /// Bytes of the log.
  package private(set) var offset: Int

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
    self.offset = offset
    let size = try fileSystem.size(of: file)
    guard size >= offset else {
      throw .damaged(path: path, reason: "it has \(size) bytes, the checkpoint knows \(offset)")
    }
    try fileSystem.truncate(file, to: offset)
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  }

  /// Adds a line with one `write(2)`.
  ///
  /// - Throws: ``StorageError/system(call:path:code:)`` with the call that failed, after which the
  ///   log is as it was, or ends in part of a line if that cannot be undone; what the encoder
  ///   throws.
  package func append(_ record: some Encodable) throws {
    let line = Array(try encoder.encode(record)) + [UInt8(ascii: "\n")]
    do {
      try fileSystem.write(line, to: file)
    } catch {
      // Part of the line may be there. The next resume cuts it off if this fails too.
      try? fileSystem.truncate(file, to: offset)
      throw error
    }
    offset += line.count
  }

  /// Waits until the lines are on the disk: to be called before a checkpoint names their length.
  ///
  /// - Throws: ``StorageError/system(call:path:code:)`` with the call that failed.
  package func synchronize() throws(StorageError) { try fileSystem.synchronize(file) }
}
