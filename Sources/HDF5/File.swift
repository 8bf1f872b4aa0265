import CHDF5

/// An HDF5 file that lives in memory: the library never touches a disk.
package struct File: ~Copyable {
  /// Bytes in front of the HDF5 data that are free for others to write.
  package static let userBlockSize = 512

  /// The version of the HDF5 library that is loaded (`H5get_libversion`).
  package static var libraryVersion: String {
    var (major, minor, release): (UInt32, UInt32, UInt32) = (0, 0, 0)
    H5get_libversion(&major, &minor, &release)
    return "\(major).\(minor).\(release)"
  }

  private let identifier: Identifier

  /// An empty file in memory (`H5Fcreate` with the core driver).
  ///
  /// It uses the earliest formats, whose images are valid in all versions of the library, and
  /// records no times, so that the same content gives the same bytes.
  ///
  /// - Parameters:
  ///   - hasUserBlock: whether room is left in front for others to write.
  ///   - capacity: bytes of memory to reserve; a file that outgrows them is moved.
  /// - Throws: ``HDF5Error`` if the library is out of memory.
  package init(hasUserBlock: Bool = true, capacity: Int = 1 << 20) throws(HDF5Error) {
    let access = try Identifier.propertyList(manabi_H5P_FILE_ACCESS(), "/")
    let creation = try Identifier.propertyList(manabi_H5P_FILE_CREATE(), "/")
    let (accessList, creationList) = (access.raw, creation.raw)
    try ImageMemory.use(for: accessList, capacity: capacity)
    try Library.call("H5Pset_libver_bounds", "/") {
      H5Pset_libver_bounds(accessList, H5F_LIBVER_EARLIEST, H5F_LIBVER_V18)
    }
    try Library.call("H5Pset_userblock", "/") {
      H5Pset_userblock(creationList, hsize_t(hasUserBlock ? Self.userBlockSize : 0))
    }
    try Library.call("H5Pset_obj_track_times", "/") { H5Pset_obj_track_times(creationList, false) }
    let name = Library.uniqueFileName()
    identifier = try Identifier(.file, "H5Fcreate", "/") {
      H5Fcreate(name, manabi_H5F_ACC_TRUNC(), creationList, accessList)
    }
  }

  /// Opens an image for reading (`H5Pset_file_image`, `H5Fopen` with the core driver).
  ///
  /// - Parameter image: with or without a user block in front. It ought to be trusted: versions of
  ///   the library in use crash on files that were made to harm.
  /// - Throws: ``HDF5Error`` if it is no HDF5 file.
  package init(image: [UInt8]) throws(HDF5Error) {
    let access = try Identifier.propertyList(manabi_H5P_FILE_ACCESS(), "/")
    let accessList = access.raw
    try Library.call("H5Pset_fapl_core", "/") { H5Pset_fapl_core(accessList, 1 << 20, false) }
    try Library.call("H5Pset_file_image", "/") {
      image.withUnsafeBytes { bytes in
        // The library copies the bytes and does not write to them.
        H5Pset_file_image(
          accessList, UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
      }
    }
    let name = Library.uniqueFileName()
    identifier = try Identifier(.file, "H5Fopen", "/") {
      H5Fopen(name, manabi_H5F_ACC_RDONLY(), accessList)
    }
  }

  /// The group at the top (`H5Gopen2`).
  ///
  /// - Throws: ``HDF5Error`` if the file is broken.
  package func root() throws(HDF5Error) -> Group { try Group(opening: "/", in: identifier.raw, "") }

  /// The bytes of the file from behind the user block on (`H5Fflush`, `H5Fget_file_image`).
  ///
  /// - Throws: ``HDF5Error`` if the library is out of memory.
  /// - Complexity: O(size of the file)
  package func image() throws(HDF5Error) -> [UInt8] {
    let raw = identifier.raw
    let size = try flushedSize()
    var outcome = Result<Int, HDF5Error>.success(0)
    let image = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      outcome = Result { () throws(HDF5Error) in
        try Library.call("H5Fget_file_image", "/") {
          H5Fget_file_image(raw, buffer.baseAddress, size)
        }
      }
      count = (try? outcome.get()) ?? 0
    }
    _ = try outcome.get()
    return image
  }

  /// Lends the memory in which the library keeps the file (`H5Fflush`, `H5Fget_vfd_handle`).
  ///
  /// It is the user block, which is the caller's to fill, and behind it the bytes of ``image()``.
  ///
  /// - Throws: ``HDF5Error`` if the library is out of memory; what `body` throws.
  package func withBytes<Value>(
    _ body: (UnsafeMutableRawBufferPointer) throws -> Value
  ) throws -> Value {
    let raw = identifier.raw
    let size = try flushedSize() + Self.userBlockSize
    var handle: UnsafeMutableRawPointer?
    try Library.call("H5Fget_vfd_handle", "/") {
      H5Fget_vfd_handle(raw, manabi_H5P_DEFAULT(), &handle)
    }
    // The core driver's handle is the place of its pointer to the memory.
    guard let memory = handle?.load(as: UnsafeMutableRawPointer?.self) else {
      throw HDF5Error(
        function: "H5Fget_vfd_handle", object: "/", message: "the file does not lie in memory")
    }
    let bytes = UnsafeMutableRawBufferPointer(start: memory, count: size)
    // `H5Fget_file_image` does the same to its copy: the file in memory is open for writing, and
    // says so in bytes 20 to 23 of a superblock of version 0, the one of the earliest format.
    precondition(bytes[Self.userBlockSize + 8] == 0, "Files are made in the earliest format.")
    bytes.storeBytes(of: 0, toByteOffset: Self.userBlockSize + 20, as: UInt32.self)
    return try body(bytes)
  }

  /// The size of the image when all of it is in the driver's memory.
  private func flushedSize() throws(HDF5Error) -> Int {
    let raw = identifier.raw
    try Library.call("H5Fflush", "/") { H5Fflush(raw, H5F_SCOPE_GLOBAL) }
    return try Library.call("H5Fget_file_image", "/") { H5Fget_file_image(raw, nil, 0) }
  }
}
