import CHDF5

extension Group {
  /// Gives the axes of a dataset their names (`H5DSset_scale`, `H5DSattach_scale`).
  ///
  /// A name is a dimension scale in this group, made when it is first used: a dataset without
  /// numbers of its own, as the netCDF library writes one, so xarray shows a named dimension
  /// without coordinates. A scale can be attached about 4000 times, after which its list of
  /// datasets is larger than an attribute may be.
  ///
  /// - Parameters:
  ///   - names: one for each axis; in one group, axes of one name have one extent.
  ///   - dataset: in this group or in one inside it.
  /// - Throws: ``HDF5Error`` if a name is taken by something else, or used too often.
  package func attachDimensions(
    _ names: [String], to dataset: borrowing Dataset
  ) throws(HDF5Error) {
    let (number, extents) = (dataset.number, try dataset.extents())
    precondition(extents.count == names.count, "Every axis has a name.")
    for (axis, (name, extent)) in zip(names, extents).enumerated() {
      let scale = try contains(name) ? try self.dataset(name) : try createScale(name, extent)
      let scaleExtents = try scale.extents()
      precondition(scaleExtents == [extent], "Axes of one name have one extent.")
      let scaleNumber = scale.number
      try Library.call("H5DSattach_scale", dataset.path) {
        H5DSattach_scale(number, scaleNumber, UInt32(axis))
      }
    }
  }

  private func createScale(_ name: String, _ extent: Int) throws(HDF5Error) -> Dataset {
    let scale = try Dataset(creating: name, in: self, type: .float32, extents: [extent])
    let number = scale.number
    // The netCDF library and its readers know a dimension without a variable by this title.
    let digits = String(extent)
    let padding = String(repeating: " ", count: max(0, 10 - digits.count))
    let title = "This is a netCDF dimension but not a netCDF variable.\(padding)\(digits)"
    try Library.call("H5DSset_scale", scale.path) { H5DSset_scale(number, title) }
    return scale
  }
}
