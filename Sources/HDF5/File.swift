import CHDF5

/// An HDF5 file that lives in memory: the library never touches a disk.
package struct File: ~Copyable {
  /// Bytes in front of the HDF5 data that are free for others to write.
  package static let userBlockSize = 512

  private let identifier: Identifier

  /// An empty file in memory (`H5Fcreate` with the core driver).
  ///
  /// It uses the earliest formats, whose images are valid in all versions of the library, and
  /// records no times, so that the same content gives the same bytes.
  ///
  /// - Parameter hasUserBlock: whether room is left in front for others to write.
  /// - Throws: ``HDF5Error`` if the library is out of memory.
  package init(hasUserBlock: Bool = true) throws(HDF5Error) {
    let access = try Identifier.propertyList(manabi_H5P_FILE_ACCESS(), "/")
    let creation = try Identifier.propertyList(manabi_H5P_FILE_CREATE(), "/")
    let (accessList, creationList) = (access.raw, creation.raw)
    try Library.call("H5Pset_fapl_core", "/") { H5Pset_fapl_core(accessList, 1 << 20, false) }
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
    try Library.call("H5Fflush", "/") { H5Fflush(raw, H5F_SCOPE_GLOBAL) }
    let size = try Library.call("H5Fget_file_image", "/") { H5Fget_file_image(raw, nil, 0) }
    var image = [UInt8](repeating: 0, count: size)
    try Library.call("H5Fget_file_image", "/") {
      image.withUnsafeMutableBytes { H5Fget_file_image(raw, $0.baseAddress, $0.count) }
    }
    return image
  }
}
