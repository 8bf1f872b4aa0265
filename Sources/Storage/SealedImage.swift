package import HDF5

/// An HDF5 file in the memory in which it was built, with its ``Seal`` in front: what a sealed file
/// is before it is written.
package struct SealedImage: ~Copyable {
  package let seal: Seal
  private let file: File
  /// Bytes of the seal and the image.
  package let byteCount: Int

  /// SHA-256 of the image, 64 hexadecimal digits.
  package var digest: String { seal.digest }

  /// Seals a file where it lies.
  ///
  /// - Parameters:
  ///   - file: with a user block; nothing in it is open any more.
  ///   - kind: what it holds.
  ///   - part: its place among the files that it belongs to, if to any.
  /// - Throws: `HDF5Error` if the library is out of memory.
  /// - Complexity: O(size of the file), without a copy of it.
  package init(
    sealing file: consuming File, as kind: FileKind, part: Seal.Part? = nil
  ) throws {
    (seal, byteCount) = try file.withBytes { bytes in
      let image = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(File.userBlockSize))
      let seal = Seal(
        kind: kind, imageByteCount: image.count, digest: Storage.digest(of: image), part: part)
      bytes.copyBytes(from: seal.block)
      return (seal, bytes.count)
    }
    self.file = file
  }

  /// Lends the seal and the image.
  package func withBytes<Value>(
    _ body: (UnsafeRawBufferPointer) throws -> Value
  ) throws -> Value {
    try file.withBytes { try body(UnsafeRawBufferPointer($0)) }
  }

  /// Writes the file so that afterwards the path holds all of it, on the disk, or what it held
  /// before.
  ///
  /// - Throws: ``StorageError/system(call:path:code:)`` with the call that failed.
  package func write(to path: String, fileSystem: any FileSystem = POSIXFileSystem()) throws {
    try withBytes { bytes in try fileSystem.replace(path, with: bytes) }
  }
}
