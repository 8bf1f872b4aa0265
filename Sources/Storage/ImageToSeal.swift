package import HDF5

/// An HDF5 file in the memory in which it was built, that becomes a sealed file when it is written.
package struct ImageToSeal: ~Copyable {
  /// What a write has come to.
  package enum Stage {
    case written, sealed, synchronized
  }

  private let file: File
  private let kind: FileKind
  private let part: Seal.Part?

  /// - Parameters:
  ///   - file: with a user block; nothing in it is open any more.
  ///   - kind: what it holds.
  ///   - part: its place among the files that it belongs to, if to any.
  package init(_ file: consuming File, as kind: FileKind, part: Seal.Part? = nil) {
    self.file = file
    self.kind = kind
    self.part = part
  }

  /// Writes the file so that afterwards the path holds all of it, on the disk, or what it held
  /// before.
  ///
  /// The image is written from where it lies while another thread computes its SHA-256; the seal
  /// follows.
  ///
  /// - Parameter report: told of each stage when it is over.
  /// - Returns: the seal.
  /// - Throws: ``StorageError/system(call:path:code:)`` with the call that failed; `HDF5Error` if
  ///   the library is out of memory.
  /// - Complexity: O(size of the file), without a copy of it
  @discardableResult
  package func write(
    to path: String, fileSystem: any FileSystem = POSIXFileSystem(),
    report: (Stage) -> Void = { _ in }
  ) throws -> Seal {
    try file.withBytes { bytes in
      let userBlock = UnsafeMutableRawBufferPointer(rebasing: bytes.prefix(File.userBlockSize))
      userBlock.initializeMemory(as: UInt8.self, repeating: 0)
      // Two threads read it, and none writes to it before both have ended.
      nonisolated(unsafe) let image = UnsafeRawBufferPointer(
        rebasing: bytes.dropFirst(File.userBlockSize))
      let hash = PendingResult { digest(of: image) }
      defer { _ = hash.value() }
      var seal: Seal?
      try fileSystem.replace(path) { (target) throws(StorageError) in
        try fileSystem.write(UnsafeRawBufferPointer(bytes), to: target)
        fileSystem.beginSynchronizing(target)
        report(.written)
        let finished = Seal(
          kind: kind, imageByteCount: image.count, digest: hash.value(), part: part)
        userBlock.copyBytes(from: finished.block)
        try fileSystem.overwriteBeginning(of: target, with: UnsafeRawBufferPointer(userBlock))
        report(.sealed)
        seal = finished
      }
      report(.synchronized)
      guard let seal else { preconditionFailure("What was written was sealed.") }
      return seal
    }
  }
}
