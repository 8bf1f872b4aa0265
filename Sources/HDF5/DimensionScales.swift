import CHDF5

/// The dimension scales of one group: names that its datasets, and those of the groups in it, give to their axes.
///
/// A scale is a dataset without numbers of its own, as the netCDF library writes one, so xarray shows
/// a named dimension without coordinates. The attributes are those of the HDF5 dimension scale
/// specification, <https://docs.hdfgroup.org/documentation/hdf5/latest/_h5_d_s__u_g.html>. They are
/// written here and not by `H5DSattach_scale`, which writes bytes that it never set (the padding of
/// the entries of `REFERENCE_LIST`) and takes time quadratic in the number of datasets.
package struct DimensionScales: ~Copyable {
  private struct Scale {
    let name: String
    let extent: Int
    /// The address of the scale in the file.
    let reference: hobj_ref_t
    /// The datasets it is attached to, with the axis.
    var users: [(dataset: hobj_ref_t, axis: UInt32)] = []
  }

  private var scales: [Scale] = []

  package init() {}

  /// Gives the axes of a dataset their names, making the scales that `group` does not have yet.
  ///
  /// - Parameters:
  ///   - names: one for each axis, each the name of one scale; a scale has one extent.
  ///   - dataset: in `group` or in a group inside it.
  ///   - group: the same for all calls.
  /// - Throws: ``HDF5Error`` if a name is taken by something else.
  package mutating func attach(
    _ names: [String], to dataset: borrowing Dataset, in group: borrowing Group
  ) throws(HDF5Error) {
    let extents = try dataset.extents()
    precondition(extents.count == names.count, "Every axis has a name.")
    let user = try reference(to: dataset)
    var references: [hobj_ref_t] = []
    for (axis, (name, extent)) in zip(names, extents).enumerated() {
      let index = try index(of: name, extent: extent, in: group)
      scales[index].users.append((user, UInt32(axis)))
      references.append(scales[index].reference)
    }
    if !names.isEmpty { try writeDimensionList(references, on: dataset) }
  }

  /// Writes into every scale which datasets use it. Nothing can be attached afterwards.
  ///
  /// - Parameter group: the one given to ``attach(_:to:in:)``.
  /// - Throws: ``HDF5Error`` if the library is out of memory.
  package consuming func finish(in group: borrowing Group) throws(HDF5Error) {
    for scale in scales {
      let dataset = try group.dataset(scale.name)
      try writeReferenceList(scale.users, on: dataset)
    }
  }

  private mutating func index(
    of name: String, extent: Int, in group: borrowing Group
  ) throws(HDF5Error) -> Int {
    if let index = scales.firstIndex(where: { $0.name == name }) {
      precondition(scales[index].extent == extent, "A dimension scale has one extent.")
      return index
    }
    let dataset = try Dataset(creating: name, in: group, type: .float32, extents: [extent])
    try dataset.setAttribute("CLASS", fixed: "DIMENSION_SCALE")
    // The netCDF library and its readers know a dimension without a variable by this name.
    let digits = String(extent)
    let padding = String(repeating: " ", count: max(0, 10 - digits.count))
    try dataset.setAttribute(
      "NAME", fixed: "This is a netCDF dimension but not a netCDF variable.\(padding)\(digits)")
    scales.append(Scale(name: name, extent: extent, reference: try reference(to: dataset)))
    return scales.count - 1
  }
}

/// The address of a dataset as other objects refer to it (`H5Rcreate`).
private func reference(to dataset: borrowing Dataset) throws(HDF5Error) -> hobj_ref_t {
  let number = dataset.number
  var reference: hobj_ref_t = 0
  try Library.call("H5Rcreate", dataset.path) {
    H5Rcreate(&reference, number, ".", H5R_OBJECT, -1)
  }
  return reference
}

/// Writes for each axis the list of its scales, which has one element.
private func writeDimensionList(
  _ references: [hobj_ref_t], on dataset: borrowing Dataset
) throws(HDF5Error) {
  let (number, path) = (dataset.number, dataset.path)
  let type = try Identifier(.datatype, "H5Tvlen_create", path) {
    H5Tvlen_create(manabi_H5T_STD_REF_OBJ())
  }
  let typeIdentifier = type.raw
  var references = references
  let outcome = references.withUnsafeMutableBufferPointer { references in
    let lists = references.indices.map { index in
      hvl_t(len: 1, p: UnsafeMutableRawPointer(references.baseAddress?.advanced(by: index)))
    }
    return lists.withUnsafeBytes { bytes in
      Result { () throws(HDF5Error) in
        try Attribute.write(
          bytes, as: typeIdentifier, from: typeIdentifier, extents: [lists.count],
          "DIMENSION_LIST", on: number, path)
      }
    }
  }
  try outcome.get()
}

/// Writes the datasets that use a scale, as entries of 16 bytes: address, axis and four zeros.
private func writeReferenceList(
  _ users: [(dataset: hobj_ref_t, axis: UInt32)], on dataset: borrowing Dataset
) throws(HDF5Error) {
  let (number, path) = (dataset.number, dataset.path)
  let type = try Identifier(.datatype, "H5Tcreate", path) { H5Tcreate(H5T_COMPOUND, 16) }
  let typeIdentifier = type.raw
  try Library.call("H5Tinsert", path) {
    H5Tinsert(typeIdentifier, "dataset", 0, manabi_H5T_STD_REF_OBJ())
  }
  try Library.call("H5Tinsert", path) {
    H5Tinsert(typeIdentifier, "dimension", 8, manabi_H5T_NATIVE_UINT32())
  }
  let words: [UInt64] = users.flatMap { [UInt64($0.dataset), UInt64($0.axis)] }
  let outcome = words.withUnsafeBytes { bytes in
    Result { () throws(HDF5Error) in
      try Attribute.write(
        bytes, as: typeIdentifier, from: typeIdentifier, extents: [users.count], "REFERENCE_LIST",
        on: number, path)
    }
  }
  try outcome.get()
}
