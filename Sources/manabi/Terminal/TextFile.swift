import Storage

/// Text files that the user names.
enum TextFile {
  /// The text of a file, `nil` if there is none.
  ///
  /// - Throws: ``CommandError`` if it is there but no UTF-8 text; `StorageError` if it is no file.
  static func read(_ path: String) throws -> String? {
    let fileSystem = POSIXFileSystem()
    guard fileSystem.exists(path) else { return nil }
    guard let text = String(validating: try fileSystem.read(path), as: UTF8.self) else {
      throw CommandError.unreadable(path)
    }
    return text
  }
}
