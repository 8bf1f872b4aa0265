import CHDF5

/// Names for the axes of datasets in a group.
///
/// A name is a dimension scale in the group. One that was not declared is a dataset without numbers
/// of its own, as the netCDF library writes one, so xarray shows a named dimension without
/// coordinates; one that was is the dataset of the coordinates. Scale and dataset list each other in
/// attributes, as the HDF5 Standard for Dimension Scales asks. They are written here, each once:
/// `H5DSattach_scale` would write the whole list of a scale again for each dataset.
package struct DimensionScales {
  private var scales: [DimensionScale] = []
  private var places: [String: Int] = [:]

  package init() {}

  /// Makes a dataset the coordinates of all axes that have its name (`H5DSset_scale`).
  ///
  /// - Parameters:
  ///   - name: of the dataset, which no axis has yet.
  ///   - coordinates: with one axis, in the group of the other scales.
  /// - Throws: ``HDF5Error`` if memory runs out.
  package mutating func declare(
    _ name: String, coordinates: borrowing Dataset
  ) throws(HDF5Error) {
    precondition(places[name] == nil, "A name is declared before it is used.")
    places[name] = scales.count
    scales.append(try DimensionScale(name, coordinates: coordinates))
  }

  /// Gives the axes of a dataset their names (`H5DSset_scale`, attribute `DIMENSION_LIST`).
  ///
  /// - Parameters:
  ///   - names: one for each axis; axes of one name have one extent.
  ///   - dataset: in the group or in one inside it.
  ///   - group: the same for all datasets.
  /// - Throws: ``HDF5Error`` if a name is taken by something else.
  package mutating func attach(
    _ names: [String], to dataset: borrowing Dataset, in group: borrowing Group
  ) throws(HDF5Error) {
    let (extents, reference) = (try dataset.extents(), try dataset.reference())
    precondition(extents.count == names.count, "Every axis has a name.")
    var used: [hobj_ref_t] = []
    for (axis, (name, extent)) in zip(names, extents).enumerated() {
      let place = places[name] ?? scales.count
      if place == scales.count {
        scales.append(try DimensionScale(creating: name, extent: extent, in: group))
        places[name] = place
      }
      precondition(scales[place].extent == extent, "Axes of one name have one extent.")
      scales[place].uses.append(DimensionScale.Use(dataset: reference, axis: Int32(axis)))
      used.append(scales[place].reference)
    }
    if !used.isEmpty { try dataset.listScales(used) }
  }

  /// Writes where each name is used (attribute `REFERENCE_LIST`), when all datasets have theirs.
  ///
  /// - Throws: ``HDF5Error`` if a name is used more than about 4000 times: its list is then larger
  ///   than an attribute may be.
  package func listUses(in group: borrowing Group) throws(HDF5Error) {
    for scale in scales { try scale.listUses(in: group) }
  }
}

/// A name for axes of one extent, and where it is used.
private struct DimensionScale {
  /// An element of the attribute `REFERENCE_LIST`, as the library has it in memory.
  struct Use {
    let dataset: hobj_ref_t
    let axis: Int32
    /// What would be padding is set, as it goes to the file.
    let unused: Int32 = 0
  }

  let name: String
  let extent: Int
  let reference: hobj_ref_t
  var uses: [Use] = []

  /// Makes a dataset of coordinates a scale (`H5DSset_scale`).
  init(_ name: String, coordinates: borrowing Dataset) throws(HDF5Error) {
    let number = coordinates.number
    try Library.call("H5DSset_scale", coordinates.path) { H5DSset_scale(number, name) }
    self.name = name
    extent = try coordinates.extents().reduce(1, *)
    reference = try coordinates.reference()
  }

  /// Makes a dataset without numbers of its own (`H5DSset_scale`).
  init(creating name: String, extent: Int, in group: borrowing Group) throws(HDF5Error) {
    let scale = try Dataset(creating: name, in: group, type: .float32, extents: [extent])
    let number = scale.number
    // The netCDF library and its readers know a dimension without a variable by this title.
    let digits = String(extent)
    let padding = String(repeating: " ", count: max(0, 10 - digits.count))
    let title = "This is a netCDF dimension but not a netCDF variable.\(padding)\(digits)"
    try Library.call("H5DSset_scale", scale.path) { H5DSset_scale(number, title) }
    reference = try scale.reference()
    (self.name, self.extent) = (name, extent)
  }

  /// Writes the attribute `REFERENCE_LIST`.
  func listUses(in group: borrowing Group) throws(HDF5Error) {
    let scale = try group.dataset(name)
    let type = try Identifier(.datatype, "H5Tcreate", scale.path) {
      H5Tcreate(H5T_COMPOUND, MemoryLayout<Use>.size)
    }
    let raw = type.raw
    try Library.call("H5Tinsert", scale.path) {
      H5Tinsert(raw, "dataset", 0, manabi_H5T_STD_REF_OBJ())
    }
    try Library.call("H5Tinsert", scale.path) {
      H5Tinsert(raw, "dimension", MemoryLayout<hobj_ref_t>.size, manabi_H5T_NATIVE_INT32())
    }
    try Attribute.write(uses, as: raw, "REFERENCE_LIST", on: scale.number, scale.path)
  }
}

extension Dataset {
  /// What other objects of the file may name this one by (`H5Rcreate`).
  fileprivate func reference() throws(HDF5Error) -> hobj_ref_t {
    let number = number
    var reference = hobj_ref_t()
    try Library.call("H5Rcreate", path) { H5Rcreate(&reference, number, ".", H5R_OBJECT, -1) }
    return reference
  }

  /// Writes the attribute `DIMENSION_LIST`: of each axis a list, here of one scale.
  fileprivate func listScales(_ scales: [hobj_ref_t]) throws(HDF5Error) {
    let type = try Identifier(.datatype, "H5Tvlen_create", path) {
      H5Tvlen_create(manabi_H5T_STD_REF_OBJ())
    }
    var scales = scales
    let outcome = scales.withUnsafeMutableBufferPointer { scales in
      let lists = scales.indices.map { index in
        hvl_t(len: 1, p: scales.baseAddress.map { $0 + index })
      }
      return Result { () throws(HDF5Error) in
        try Attribute.write(lists, as: type.raw, "DIMENSION_LIST", on: number, path)
      }
    }
    try outcome.get()
  }
}
