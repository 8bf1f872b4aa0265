import Foundation

/// Reads the lines of a ``MetricsLog``, a piece of the file at a time.
package struct MetricsReader: Sendable {
  /// The longest line that is read, in bytes; those that are written have some hundred.
  package static let longestLine = 1 << 16
  private static let pieceSize = 1 << 20

  private let path: String
  private let fileSystem: any FileSystem

  package init(_ path: String, fileSystem: any FileSystem = POSIXFileSystem()) {
    self.path = path
    self.fileSystem = fileSystem
  }

  /// Throws unless the log is as long as a checkpoint says.
  ///
  /// - Throws: ``StorageError/damaged(path:reason:)`` if it is shorter.
  package func check(hasBytes count: Int) throws(StorageError) {
    guard count > 0 else { return }
    guard try !fileSystem.read(path, from: count - 1, count: 1).isEmpty else {
      throw .damaged(path: path, reason: "it has less than the \(count) bytes of the checkpoint")
    }
  }

  /// Visits the records in order. The rest of a line that was being written is no record.
  ///
  /// - Parameters:
  ///   - type: what a line holds.
  ///   - body: told a record; returns whether it wants more.
  /// - Throws: ``StorageError/missing(path:)`` if there is no log,
  ///   ``StorageError/damaged(path:reason:)`` if a line is no such record or too long; what `body`
  ///   throws.
  /// - Complexity: O(size of the file) time, memory for a megabyte.
  package func forEach<Record: Decodable>(
    of type: Record.Type = Record.self, _ body: (Record) throws -> Bool
  ) throws {
    let decoder = RecordCoding.decoder()
    var (offset, lineNumber) = (0, 0)
    var rest: [UInt8] = []
    while true {
      let piece = try fileSystem.read(path, from: offset, count: Self.pieceSize)
      if piece.isEmpty { return }
      offset += piece.count
      rest += piece
      var lines = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let open = lines.removeLast()
      for line in lines {
        lineNumber += 1
        guard line.count <= Self.longestLine,
          let record = try? decoder.decode(type, from: Data(line))
        else {
          throw StorageError.damaged(path: path, reason: "line \(lineNumber) is no record of a run")
        }
        guard try body(record) else { return }
      }
      guard open.count <= Self.longestLine else {
        throw StorageError.damaged(
          path: path, reason: "line \(lineNumber + 1) is longer than \(Self.longestLine) bytes")
      }
      rest = Array(open)
    }
  }
}
