import CHDF5

/// An HDF5 file of others, whose bytes lie in memory.
///
/// The library is not safe against files that were made to harm: this belongs into a process that
/// can do none. Of the parts that reach beyond the file none is followed: links to other files,
/// external storage, virtual datasets, plug-ins.
package struct ForeignFile: ~Copyable {
  private let identifier: Identifier
  let root: Group
  private let byteCount: Int

  /// More attributes than any file of data has need of.
  private static let largestAttributeCount: Int64 = 4096

  /// Opens a file for reading without copying it (`H5LTopen_file_image`).
  ///
  /// - Parameter image: outlives this value.
  /// - Throws: ``HDF5Error`` if it is no HDF5 file.
  package init(image: UnsafeRawBufferPointer) throws(HDF5Error) {
    try LZFFilter.register()
    try Library.call("H5PLset_loading_state", "/") { H5PLset_loading_state(0) }
    let identifier = try Self.identifier(of: image)
    let root = try Group(opening: "/", in: identifier.raw, "")
    try Self.checkAttributes(of: root)
    self.root = root
    self.identifier = identifier
    byteCount = image.count
  }

  private static func identifier(
    of image: UnsafeRawBufferPointer
  ) throws(HDF5Error) -> Identifier {
    do {
      return try Identifier(.file, "H5LTopen_file_image", "/") {
        // The library does not write to what it opens for reading.
        H5LTopen_file_image(
          UnsafeMutableRawPointer(mutating: image.baseAddress), image.count,
          UInt32(H5LT_FILE_IMAGE_DONT_COPY | H5LT_FILE_IMAGE_DONT_RELEASE))
      }
    } catch {
      // The library keeps the reason to itself.
      throw HDF5Error(
        function: error.function, object: error.object,
        message: "it is no HDF5 file, or not a whole one; copy it again")
    }
  }

  /// Whether the root has a member of that name.
  ///
  /// - Throws: ``HDF5Error`` if the file is broken.
  package func contains(_ name: String) throws(HDF5Error) -> Bool { try root.contains(name) }

  /// Opens a dataset, such as `X` of the root or `train/images` of a group.
  ///
  /// - Throws: ``HDF5Error`` if there is none of that name, or it is stored in a way that is
  ///   refused.
  package func dataset(_ path: String) throws(HDF5Error) -> ForeignDataset {
    let names = path.split(separator: "/").map(String.init)
    try Self.checkDepth(names, of: path)
    let dataset = try Self.dataset(names[...], in: root, byteCount)
    try Self.checkAttributes(of: dataset.dataset)
    return dataset
  }

  private static func dataset(
    _ names: ArraySlice<String>, in group: borrowing Group, _ byteCount: Int
  ) throws(HDF5Error) -> ForeignDataset {
    let name = names.first ?? ""
    if names.count < 2 { return try ForeignDataset(name, in: group, fileSize: byteCount) }
    return try dataset(names.dropFirst(), in: try group.group(name), byteCount)
  }

  /// (`H5Oget_info`)
  private static func checkAttributes(of object: borrowing some Object & ~Copyable)
    throws(HDF5Error)
  {
    let number = object.number
    let count = try Library.call("H5Oget_info", object.path) { manabi_attribute_count(number) }
    guard count <= largestAttributeCount else {
      throw HDF5Error(
        function: "H5Oget_info", object: object.path,
        message: "it has \(count) attributes, more than \(largestAttributeCount); copy its numbers")
    }
  }
}
