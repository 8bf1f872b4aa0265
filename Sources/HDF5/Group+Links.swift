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

  /// The first names of members in the order in which the file has them, without any that are very
  /// long (`H5Gget_info`, `H5Lget_name_by_idx`).
  ///
  /// - Throws: ``HDF5Error`` if the file is broken.
  func someMemberNames(atMost limit: Int) throws(HDF5Error) -> [String] {
    let (number, path) = (number, path)
    var information = H5G_info_t()
    try Library.call("H5Gget_info", path) { H5Gget_info(number, &information) }
    var names: [String] = []
    for index in 0..<min(information.nlinks, hsize_t(limit)) {
      var bytes = [CChar](repeating: 0, count: 1024)
      let length = try Library.call("H5Lget_name_by_idx", path) {
        bytes.withUnsafeMutableBufferPointer {
          H5Lget_name_by_idx(
            number, ".", H5_INDEX_NAME, H5_ITER_NATIVE, index, $0.baseAddress, $0.count,
            manabi_H5P_DEFAULT())
        }
      }
      guard length < bytes.count else { continue }
      names.append(
        String(decoding: bytes.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
    return names
  }
}
