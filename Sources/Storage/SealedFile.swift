import HDF5

/// An HDF5 file behind a ``Seal`` that is checked before the HDF5 library sees a byte.
///
/// The seal is the file's user block, 512 bytes of text that other HDF5 programs skip. The image is
/// everything behind it. A change of any byte of the file is found.
package struct SealedFile {
  /// The newest format that this program reads, and the one it writes.
  package static let formatVersion = 1

  package let seal: Seal
  /// The seal and the image.
  package let bytes: [UInt8]

  package var kind: FileKind { seal.kind }
  /// SHA-256 of the image, 64 hexadecimal digits.
  package var digest: String { seal.digest }
  package var imageByteCount: Int { bytes.count - File.userBlockSize }

  /// Checks the seal of a file.
  ///
  /// - Parameters:
  ///   - bytes: of the whole file.
  ///   - path: for the error.
  /// - Throws: ``StorageError`` if there is no seal, it is of a later format, or any byte differs
  ///   from what was sealed.
  /// - Complexity: O(size of the file)
  package init(verifying bytes: [UInt8], path: String) throws(StorageError) {
    seal = try Seal(reading: bytes.prefix(File.userBlockSize), path: path)
    let image = bytes.dropFirst(File.userBlockSize)
    try seal.check(byteCount: image.count, path: path) { Storage.digest(of: image) }
    self.bytes = bytes
  }
}

extension SealedFile {
  /// Reads a file and checks its seal.
  ///
  /// - Throws: ``StorageError`` if it cannot be read or its bytes are not those that were sealed.
  /// - Complexity: O(size of the file)
  package init(
    contentsOf path: String, fileSystem: any FileSystem = POSIXFileSystem()
  ) throws(StorageError) {
    try self.init(verifying: try fileSystem.read(path), path: path)
  }

  /// Opens the image.
  ///
  /// - Parameters:
  ///   - kind: what the caller can use.
  ///   - path: for the error.
  ///   - read: reads what it needs.
  /// - Returns: what `read` returns.
  /// - Throws: ``StorageError/notOurs(path:reason:)`` if the file is of another kind or does not
  ///   have what `read` looks for.
  func open<Value>(
    as kind: FileKind, path: String, _ read: (borrowing Group) throws -> Value
  ) throws(StorageError) -> Value {
    guard self.kind == kind else {
      throw .notOurs(path: path, reason: "it is \(self.kind.noun), not \(kind.noun)")
    }
    do {
      return try read(try File(image: bytes).root())
    } catch let error as StorageError {
      throw error
    } catch {
      throw .notOurs(path: path, reason: "\(error)")
    }
  }
}
