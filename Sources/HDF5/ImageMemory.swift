internal import CHDF5
internal import Glibc

/// The memory in which the library keeps a file: reserved at once and on huge pages, as touching a
/// hundred megabytes of small ones for the first time takes longer than filling them.
enum ImageMemory {
  /// By how many bytes a file grows. The library clears them just before it fills them, so they had
  /// better still be in the cache.
  private static let increment = 1 << 20
  /// Bytes of a huge page.
  private static let pageSize = 1 << 21

  /// Makes files opened with an access list live in such memory (`H5Pset_fapl_core`,
  /// `H5Pset_file_image_callbacks`).
  ///
  /// - Parameters:
  ///   - accessList: for the creation of a file.
  ///   - capacity: bytes to reserve; a file that outgrows them moves.
  /// - Throws: ``HDF5Error`` if the library is out of memory.
  static func use(for accessList: hid_t, capacity: Int) throws(HDF5Error) {
    try Library.call("H5Pset_fapl_core", "/") { H5Pset_fapl_core(accessList, increment, false) }
    // What the library hands to each of these as context is the capacity, in place of a pointer.
    var callbacks = H5FD_file_image_callbacks_t(
      image_malloc: { size, _, context in ImageMemory.grow(nil, to: size, context) },
      image_memcpy: { target, source, size, _, _ in
        guard let target, let source else { return nil }
        return memcpy(target, source, size)
      },
      image_realloc: { memory, size, _, context in ImageMemory.grow(memory, to: size, context) },
      image_free: { memory, _, _ in
        free(memory)
        return 0
      },
      udata_copy: { $0 }, udata_free: { _ in 0 },
      udata: UnsafeMutableRawPointer(bitPattern: max(1, capacity)))
    try Library.call("H5Pset_file_image_callbacks", "/") {
      H5Pset_file_image_callbacks(accessList, &callbacks)
    }
  }

  private static func grow(
    _ memory: UnsafeMutableRawPointer?, to size: Int, _ context: UnsafeMutableRawPointer?
  ) -> UnsafeMutableRawPointer? {
    let capacity = Int(bitPattern: context)
    if let memory { return size <= capacity ? memory : realloc(memory, size) }
    let reserve = max(size, capacity)
    guard reserve >= pageSize else { return malloc(reserve) }
    var memory: UnsafeMutableRawPointer?
    guard posix_memalign(&memory, pageSize, reserve) == 0 else { return nil }
    // Whether the kernel follows the advice changes speed alone.
    madvise(memory, reserve, MADV_HUGEPAGE)
    return memory
  }
}
