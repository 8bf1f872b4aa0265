import HDF5

/// What a save cost, stage by stage, in nanoseconds.
package struct SaveCost: Sendable {
  /// Building the HDF5 file in memory.
  package let image: UInt64
  /// Its SHA-256.
  package let seal: UInt64
  package let write: UInt64
  /// `fsync`, `rename`, and `fsync` of the directory.
  package let synchronize: UInt64
  /// Bytes of the file.
  package let byteCount: Int
  /// SHA-256 of the image.
  package let digest: String

  package var total: UInt64 { image + seal + write + synchronize }
}

extension Checkpoint {
  /// Saves the checkpoint as ``write(to:fileSystem:)`` does, with a clock beside it.
  ///
  /// - Parameter now: nanoseconds of a clock that never goes back.
  /// - Throws: as ``write(to:fileSystem:)``.
  package func measureSave(to path: String, now: () -> UInt64) throws -> SaveCost {
    let fileSystem = POSIXFileSystem()
    let start = now()
    let file = try makeFile()
    let built = now()
    let image = try SealedImage(sealing: file, as: .checkpoint)
    let sealed = now()
    let temporary = temporaryPath(for: path)
    let target = try fileSystem.create(temporary)
    try image.withBytes { bytes in try fileSystem.write(bytes, to: target) }
    let written = now()
    try fileSystem.synchronize(target)
    try fileSystem.rename(temporary, to: path)
    try fileSystem.synchronizeDirectory(directory(of: path))
    return SaveCost(
      image: built - start, seal: sealed - built, write: written - sealed,
      synchronize: now() - written, byteCount: image.byteCount, digest: image.digest)
  }
}
