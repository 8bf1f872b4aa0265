import Foundation

/// The bytes of an open file, where the system keeps them.
struct MappedFile: ~Copyable {
  let bytes: UnsafeRawBufferPointer

  /// (`fstat`, `mmap`)
  ///
  /// - Returns: nil if the descriptor is not that of a file with contents.
  init?(_ descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size > 0,
      let address = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0),
      address != MAP_FAILED
    else { return nil }
    bytes = UnsafeRawBufferPointer(start: address, count: Int(status.st_size))
  }

  /// Gives the memory back until the bytes are read again (`madvise`).
  func release() {
    madvise(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count, MADV_DONTNEED)
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}
