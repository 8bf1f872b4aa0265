internal import Crypto
internal import Foundation

/// Bytes that can be made again, kept in files of a directory so that they need not be.
///
/// A file that is missing, cut or changed is as good as none. Each begins with the SHA-256 of what
/// follows.
package struct CacheDirectory: Sendable {
  private let path: String
  private let fileSystem: any FileSystem

  private static let digestSize = SHA256Digest.byteCount

  package init(_ path: String, fileSystem: any FileSystem = POSIXFileSystem()) {
    self.path = path
    self.fileSystem = fileSystem
  }

  /// The name under which something is kept that follows from `ingredients` alone.
  package static func key(_ ingredients: [String]) -> String {
    var hash = SHA256()
    for ingredient in ingredients {
      // With its length, so that no two lists are alike when they are put together.
      hash.update(data: Data("\(ingredient.utf8.count) ".utf8))
      hash.update(data: Data(ingredient.utf8))
    }
    return hexadecimal(hash.finalize())
  }

  /// What was kept under a key, if it is there and as it was.
  package func bytes(of key: String) -> [UInt8]? {
    guard let file = try? fileSystem.read(place(of: key)), file.count >= Self.digestSize,
      file.prefix(Self.digestSize).elementsEqual(
        SHA256.hash(data: file.dropFirst(Self.digestSize)))
    else { return nil }
    return Array(file.dropFirst(Self.digestSize))
  }

  /// Keeps bytes under a key.
  ///
  /// - Throws: ``StorageError`` if the directory takes no file, which then holds nothing of it.
  package func keep(_ bytes: [UInt8], as key: String) throws(StorageError) {
    try fileSystem.createDirectory(path)
    try fileSystem.replace(place(of: key), with: Array(SHA256.hash(data: bytes)) + bytes)
  }

  private func place(of key: String) -> String { "\(path)/\(key)" }
}
