import Foundation

/// Text files that the user names.
enum TextFile {
  /// The text of a file, `nil` if there is none.
  ///
  /// - Throws: ``CommandError`` if it is there but cannot be read as UTF-8 text.
  static func read(_ path: String) throws -> String? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(data: data, encoding: .utf8)
    else { throw CommandError.unreadable(path) }
    return text
  }
}
