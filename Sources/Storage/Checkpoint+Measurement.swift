import HDF5

/// What a save cost, stage by stage, in nanoseconds.
package struct SaveCost: Sendable {
  /// Building the HDF5 file in memory.
  package let image: UInt64
  /// Handing it to the kernel.
  package let write: UInt64
  /// What is left of its SHA-256, which another thread began with the write.
  package let seal: UInt64
  /// What is left of `fsync`, then `rename` and `fsync` of the directory.
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
    var times = [now()]
    let image = try image()
    times.append(now())
    let seal = try image.write(to: path) { _ in times.append(now()) }
    let stages = zip(times, times.dropFirst()).map { $1 - $0 }
    return SaveCost(
      image: stages[0], write: stages[1], seal: stages[2], synchronize: stages[3],
      byteCount: seal.imageByteCount + File.userBlockSize, digest: seal.digest)
  }
}
