import CHDF5

extension Group {
  /// Whether the member of that name lies in this file and is not a link that may lead elsewhere
  /// (`H5Lget_info`).
  ///
  /// - Throws: ``HDF5Error`` if there is none of that name.
  func holds(_ name: String) throws(HDF5Error) -> Bool {
    let (number, path) = (number, joined(path, name))
    return try Library.call("H5Lget_info", path) { manabi_link_is_hard(number, name) } > 0
  }
}
