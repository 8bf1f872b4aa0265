import Foundation
import Storage

/// Text files that the user names.
enum TextFile {
  /// The most that is read: configurations have a few kilobytes.
  static let largestSize = 1 << 20

  /// The text of a file, `nil` if there is none.
  ///
  /// - Throws: ``CommandError`` if it has more than a megabyte or is no UTF-8 text; `StorageError`
  ///   if it is no file, or cannot be read.
  static func read(_ path: String) throws -> String? {
    let bytes: [UInt8]
    do throws(StorageError) {
      bytes = try POSIXFileSystem().read(path, from: 0, count: largestSize + 1)
    } catch .missing {
      return nil
    }
    guard bytes.count <= largestSize else { throw CommandError.tooLong(path) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CommandError.unreadable(path, "it is not UTF-8 text")
    }
    return text
  }

  /// What the kernel says in a file below `/proc` or `/sys`; `nil` if it does not.
  static func ofKernel(_ path: String) -> String? {
    try? String(contentsOfFile: path, encoding: .utf8)
  }
}
