import CHDF5

/// An identifier that the library handed out, closed when its owner goes.
struct Identifier: ~Copyable {
  /// What kind of thing it names, which decides how it is closed.
  enum Kind {
    case file, group, dataset, attribute, datatype, dataspace, propertyList
  }

  let raw: hid_t
  private let kind: Kind

  /// - Parameters:
  ///   - kind: of what `open` opens.
  ///   - function: the name of the C function, for the error.
  ///   - object: the path of the object concerned, for the error.
  ///   - open: makes the call.
  /// - Throws: ``HDF5Error`` if the call fails.
  init(
    _ kind: Kind, _ function: String, _ object: String, _ open: () -> hid_t
  ) throws(HDF5Error) {
    raw = try Library.call(function, object, open)
    self.kind = kind
  }

  deinit {
    // Nothing can be done about a failure to let go of memory, and no data depends on it.
    _ = try? Library.call("close", "") { () -> herr_t in
      switch kind {
      case .file: H5Fclose(raw)
      case .group: H5Gclose(raw)
      case .dataset: H5Dclose(raw)
      case .attribute: H5Aclose(raw)
      case .datatype: H5Tclose(raw)
      case .dataspace: H5Sclose(raw)
      case .propertyList: H5Pclose(raw)
      }
    }
  }
}

extension Identifier {
  /// A property list of a class (`H5Pcreate`).
  static func propertyList(_ listClass: hid_t, _ object: String) throws(HDF5Error) -> Identifier {
    try Identifier(.propertyList, "H5Pcreate", object) { H5Pcreate(listClass) }
  }

  /// A dataspace of fixed extents, a scalar one for none (`H5Screate_simple`, `H5Screate`).
  static func dataspace(_ extents: [Int], _ object: String) throws(HDF5Error) -> Identifier {
    if extents.isEmpty {
      return try Identifier(.dataspace, "H5Screate", object) { H5Screate(H5S_SCALAR) }
    }
    let dimensions = extents.map { hsize_t($0) }
    return try Identifier(.dataspace, "H5Screate_simple", object) {
      H5Screate_simple(Int32(extents.count), dimensions, nil)
    }
  }

  /// The type of UTF-8 strings of any length (`H5Tcopy`, `H5Tset_size`, `H5Tset_cset`).
  static func stringType(_ object: String) throws(HDF5Error) -> Identifier {
    let type = try Identifier(.datatype, "H5Tcopy", object) { H5Tcopy(manabi_H5T_C_S1()) }
    let raw = type.raw
    try Library.call("H5Tset_size", object) { H5Tset_size(raw, manabi_H5T_VARIABLE()) }
    try Library.call("H5Tset_cset", object) { H5Tset_cset(raw, H5T_CSET_UTF8) }
    return type
  }
}
