import CHDF5
import CLZF
import Glibc

/// The decompression of h5py's `compression="lzf"`, which the C library does not bring along.
enum LZFFilter {
  /// As registered with the HDF Group.
  static let number: H5Z_filter_t = 32000
  /// No chunk is larger, whatever its parameters say.
  static let largestChunk = 512 << 20

  private static let name: StaticString = "lzf"

  /// Makes the filter known to the library (`H5Zregister`); again is fine.
  ///
  /// - Throws: ``HDF5Error`` if the library refuses.
  static func register() throws(HDF5Error) {
    try Library.call("H5Zregister", "lzf") {
      name.withUTF8Buffer { characters in
        characters.withMemoryRebound(to: CChar.self) { name in
          // The library keeps the pointer, which is that of a constant.
          var filter = H5Z_class2_t(
            version: H5Z_CLASS_T_VERS, id: number, encoder_present: 0, decoder_present: 1,
            name: name.baseAddress, can_apply: nil, set_local: nil, filter: decompress)
          return H5Zregister(&filter)
        }
      }
    }
  }

  /// Replaces a compressed chunk by what it holds; returns its size, or zero on failure.
  ///
  /// The third parameter that h5py stores is the size of a whole chunk in bytes. Memory is taken
  /// from the library, which frees it.
  private static let decompress: H5Z_func_t = { flags, count, parameters, size, capacity, buffer in
    guard flags & UInt32(H5Z_FLAG_REVERSE) != 0, let buffer, let capacity,
      let compressed = buffer.pointee, let length = UInt32(exactly: size)
    else { return 0 }
    var room = count > 2 ? Int(parameters?[2] ?? 0) : capacity.pointee
    room = max(1, min(room, largestChunk))
    while room <= largestChunk {
      guard let chunk = H5allocate_memory(room, false) else { return 0 }
      let written = Int(lzf_decompress(compressed, length, chunk, UInt32(room)))
      if written > 0 {
        H5free_memory(compressed)
        buffer.pointee = chunk
        capacity.pointee = room
        return written
      }
      let isTooSmall = errno == E2BIG
      H5free_memory(chunk)
      guard isTooSmall else { return 0 }
      room *= 2
    }
    return 0
  }
}
