import CHDF5

/// A folder of a file, which holds datasets and other groups.
package struct Group: ~Copyable, Object {
  private let identifier: Identifier
  /// Where it stands in the file, such as `/parameters/blocks`.
  package let path: String

  package var number: Int64 { identifier.raw }

  init(opening name: String, in parent: hid_t, _ parentPath: String) throws(HDF5Error) {
    let path = name == "/" ? "/" : joined(parentPath, name)
    self.path = path
    identifier = try Identifier(.group, "H5Gopen2", path) {
      H5Gopen2(parent, name, manabi_H5P_DEFAULT())
    }
  }

  private init(creating name: String, in parent: borrowing Group) throws(HDF5Error) {
    let path = joined(parent.path, name)
    self.path = path
    let creation = try Identifier.propertyList(manabi_H5P_GROUP_CREATE(), path)
    let (creationList, parentIdentifier) = (creation.raw, parent.number)
    try Library.call("H5Pset_obj_track_times", path) { H5Pset_obj_track_times(creationList, false) }
    identifier = try Identifier(.group, "H5Gcreate2", path) {
      H5Gcreate2(
        parentIdentifier, name, manabi_H5P_DEFAULT(), creationList, manabi_H5P_DEFAULT())
    }
  }

  /// Makes a group in this one (`H5Gcreate2`).
  ///
  /// - Throws: ``HDF5Error`` if the name is taken.
  package func createGroup(_ name: String) throws(HDF5Error) -> Group {
    try Group(creating: name, in: self)
  }

  /// Opens a group in this one (`H5Gopen2`).
  ///
  /// - Throws: ``HDF5Error`` if there is none of that name.
  package func group(_ name: String) throws(HDF5Error) -> Group {
    try Group(opening: name, in: number, path)
  }

  /// Whether this group has a member of that name (`H5Lexists`).
  ///
  /// - Throws: ``HDF5Error`` if the file is broken.
  package func contains(_ name: String) throws(HDF5Error) -> Bool {
    let (number, path) = (number, joined(path, name))
    return try Library.call("H5Lexists", path) { H5Lexists(number, name, manabi_H5P_DEFAULT()) } > 0
  }

  /// The names of all members in alphabetical order (`H5Gget_info`, `H5Lget_name_by_idx`).
  ///
  /// - Throws: ``HDF5Error`` if the file is broken.
  /// - Complexity: O(n²) for n members
  package func memberNames() throws(HDF5Error) -> [String] {
    let (number, path) = (number, path)
    var information = H5G_info_t()
    try Library.call("H5Gget_info", path) { H5Gget_info(number, &information) }
    var names: [String] = []
    for index in 0..<information.nlinks {
      let name = { (buffer: UnsafeMutablePointer<CChar>?, size: Int) in
        H5Lget_name_by_idx(
          number, ".", H5_INDEX_NAME, H5_ITER_INC, index, buffer, size, manabi_H5P_DEFAULT())
      }
      let length = try Library.call("H5Lget_name_by_idx", path) { name(nil, 0) }
      var bytes = [CChar](repeating: 0, count: length + 1)
      try Library.call("H5Lget_name_by_idx", path) {
        bytes.withUnsafeMutableBufferPointer { name($0.baseAddress, $0.count) }
      }
      names.append(String(decoding: bytes.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
    return names
  }

  /// Whether the member of that name is a dataset rather than a group (`H5Oopen`, `H5Iget_type`).
  ///
  /// - Throws: ``HDF5Error`` if there is none of that name.
  package func isDataset(_ name: String) throws(HDF5Error) -> Bool {
    let (number, path) = (number, joined(path, name))
    // Closing takes the function of the kind, which is not known before.
    let object = try Library.call("H5Oopen", path) { H5Oopen(number, name, manabi_H5P_DEFAULT()) }
    let kind = try Library.call("H5Iget_type", path) { H5Iget_type(object).rawValue }
    try Library.call("H5Oclose", path) { H5Oclose(object) }
    return kind == H5I_DATASET.rawValue
  }
}

/// The path of a member.
func joined(_ path: String, _ name: String) -> String {
  path.hasSuffix("/") ? path + name : "\(path)/\(name)"
}
