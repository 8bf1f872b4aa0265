import CHDF5

/// An HDF5 file of others, read where it lies.
///
/// The library is not safe against files that were made to harm. Of the parts that reach beyond the
/// file none is followed: links to other files, external storage, virtual datasets, plug-ins.
package struct ForeignFile: ~Copyable {
  private let identifier: Identifier
  let root: Group

  /// Opens a file for reading (`H5Fopen`).
  ///
  /// - Throws: ``HDF5Error`` if it is no HDF5 file.
  package init(contentsOf path: String) throws(HDF5Error) {
    try LZFFilter.register()
    try Library.call("H5PLset_loading_state", "/") { H5PLset_loading_state(0) }
    let identifier = try Identifier(.file, "H5Fopen", "/") {
      H5Fopen(path, manabi_H5F_ACC_RDONLY(), manabi_H5P_DEFAULT())
    }
    root = try Group(opening: "/", in: identifier.raw, "")
    self.identifier = identifier
  }

  /// Whether the root has a member of that name.
  ///
  /// - Throws: ``HDF5Error`` if the file is broken.
  package func contains(_ name: String) throws(HDF5Error) -> Bool { try root.contains(name) }

  /// Opens a dataset of the root.
  ///
  /// - Throws: ``HDF5Error`` if there is none of that name, or it is stored in a way that is
  ///   refused.
  package func dataset(_ name: String) throws(HDF5Error) -> ForeignDataset {
    try ForeignDataset(name, in: root)
  }
}
