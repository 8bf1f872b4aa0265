import Crypto
import HDF5

extension Seal {
  /// Checks the seal of a file, a piece at a time.
  ///
  /// - Throws: ``StorageError`` if there is no seal, it is of a later format, or any byte differs
  ///   from what was sealed.
  /// - Complexity: O(size of the file) time, memory for a piece.
  package init(
    checking path: String, fileSystem: any FileSystem = POSIXFileSystem()
  ) throws(StorageError) {
    let pieceSize = 4 << 20
    let block = try fileSystem.read(path, from: 0, count: File.userBlockSize)
    self = try Seal(reading: block, path: path)
    var (hash, size) = (SHA256(), 0)
    while true {
      let piece = try fileSystem.read(path, from: File.userBlockSize + size, count: pieceSize)
      if piece.isEmpty { break }
      hash.update(data: piece)
      size += piece.count
    }
    try check(byteCount: size, path: path) { hexadecimal(hash.finalize()) }
  }

  /// Throws unless an image is the one that was sealed.
  ///
  /// - Parameters:
  ///   - byteCount: of the image.
  ///   - path: for the error.
  ///   - digest: its SHA-256, which is asked for if its size is right.
  /// - Throws: ``StorageError/damaged(path:reason:)``.
  func check(byteCount: Int, path: String, digest: () -> String) throws(StorageError) {
    guard imageByteCount <= byteCount else {
      throw .damaged(
        path: path,
        reason: "\(imageByteCount - byteCount) of \(imageByteCount) bytes are missing at its end")
    }
    guard imageByteCount == byteCount, self.digest == digest() else {
      throw .damaged(path: path, reason: "its bytes do not match the SHA-256 in its seal")
    }
  }
}
