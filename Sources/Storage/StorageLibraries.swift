import CZlib
import Crypto
import HDF5

/// What files are read and checked with.
package enum StorageLibraries {
  /// The version of the HDF5 library that is loaded.
  package static var hdf5: String { File.libraryVersion }

  /// The version of zlib that is loaded.
  package static var zlib: String { String(cString: zlibVersion()) }

  /// How many bytes go through SHA-256 in a second on one core: the better of two passes.
  ///
  /// - Parameter now: nanoseconds of a clock that never goes back.
  /// - Complexity: O(1), some hundredths of a second
  package static func hashRate(now: () -> UInt64) -> Double {
    let bytes = [UInt8](repeating: 0x5a, count: 1 << 24)
    let times = (0..<2).map { _ in
      let start = now()
      _ = digest(of: bytes)
      return now() - start
    }
    return Double(bytes.count) / (Double(max(1, times.min() ?? 1)) * 1e-9)
  }
}
