import CHDF5

/// An array of numbers in a file.
package struct Dataset: ~Copyable, Object {
  private let identifier: Identifier
  /// Where it stands in the file, such as `/parameters/readout/weight`.
  package let path: String

  package var number: Int64 { identifier.raw }

  init(opening name: String, in group: borrowing Group) throws(HDF5Error) {
    let (parent, path) = (group.number, joined(group.path, name))
    self.path = path
    identifier = try Identifier(.dataset, "H5Dopen2", path) {
      H5Dopen2(parent, name, manabi_H5P_DEFAULT())
    }
  }

  init(
    creating name: String, in group: borrowing Group, type: ElementType, extents: [Int]
  ) throws(HDF5Error) {
    let path = joined(group.path, name)
    let creation = try Identifier.propertyList(manabi_H5P_DATASET_CREATE(), path)
    let space = try Identifier.dataspace(extents, path)
    try self.init(
      creating: name, in: group, fileType: type.fileType, space: space.raw,
      creationList: creation.raw)
  }

  /// Makes a dataset that records no times.
  init(
    creating name: String, in group: borrowing Group, fileType: hid_t, space: hid_t,
    creationList: hid_t
  ) throws(HDF5Error) {
    let (parent, path) = (group.number, joined(group.path, name))
    self.path = path
    try Library.call("H5Pset_obj_track_times", path) { H5Pset_obj_track_times(creationList, false) }
    identifier = try Identifier(.dataset, "H5Dcreate2", path) {
      H5Dcreate2(
        parent, name, fileType, space, manabi_H5P_DEFAULT(), creationList, manabi_H5P_DEFAULT())
    }
  }

  /// Writes all elements (`H5Dwrite`).
  func write<Element: DatasetElement>(_ elements: [Element]) throws(HDF5Error) {
    let number = number
    try Library.call("H5Dwrite", path) {
      elements.withUnsafeBytes {
        H5Dwrite(
          number, Element.elementType.memoryType, manabi_H5S_ALL(), manabi_H5S_ALL(),
          manabi_H5P_DEFAULT(), $0.baseAddress)
      }
    }
  }

  /// The extents, outermost axis first (`H5Dget_space`, `H5Sget_simple_extent_dims`).
  ///
  /// - Throws: ``HDF5Error`` if the file is broken.
  package func extents() throws(HDF5Error) -> [Int] {
    let (number, path) = (number, path)
    let space = try Identifier(.dataspace, "H5Dget_space", path) { H5Dget_space(number) }
    let spaceIdentifier = space.raw
    let rank = try Library.call("H5Sget_simple_extent_ndims", path) {
      H5Sget_simple_extent_ndims(spaceIdentifier)
    }
    var extents = [hsize_t](repeating: 0, count: Int(rank))
    try Library.call("H5Sget_simple_extent_dims", path) {
      H5Sget_simple_extent_dims(spaceIdentifier, &extents, nil)
    }
    return extents.map { Int(clamping: $0) }
  }

  /// The type of the elements, or `nil` for one that this module does not write (`H5Dget_type`,
  /// `H5Tequal`).
  ///
  /// - Throws: ``HDF5Error`` if the file is broken.
  package func elementType() throws(HDF5Error) -> ElementType? {
    let (number, path) = (number, path)
    let type = try Identifier(.datatype, "H5Dget_type", path) { H5Dget_type(number) }
    let typeIdentifier = type.raw
    for candidate in ElementType.allCases {
      if try Library.call("H5Tequal", path, { H5Tequal(typeIdentifier, candidate.fileType) }) > 0 {
        return candidate
      }
    }
    return nil
  }

  /// Reads all elements, innermost axis fastest (`H5Dread`).
  ///
  /// - Throws: ``HDF5Error`` if the elements are of another type, or do not all lie in the file
  ///   itself as plain numbers: no external files, no filters, no size that the file does not hold.
  /// - Complexity: O(number of elements)
  package func elements<Element: DatasetElement>(
    of type: Element.Type = Element.self
  ) throws(HDF5Error) -> [Element] {
    let (number, path) = (number, path)
    guard try elementType() == Element.elementType else {
      throw HDF5Error(
        function: "H5Dread", object: path,
        message: "the elements are not of type \(Element.elementType.rawValue)")
    }
    let count = try storedElementCount(size: Element.elementType.size)
    var elements = [Element](repeating: .zero, count: count)
    try Library.call("H5Dread", path) {
      elements.withUnsafeMutableBytes {
        H5Dread(
          number, Element.elementType.memoryType, manabi_H5S_ALL(), manabi_H5S_ALL(),
          manabi_H5P_DEFAULT(), $0.baseAddress)
      }
    }
    return elements
  }

  /// The number of elements, if all lie in the file as they are (`H5Pget_layout`,
  /// `H5Dget_storage_size`).
  private func storedElementCount(size: Int) throws(HDF5Error) -> Int {
    let (number, path) = (number, path)
    let creation = try Identifier(.propertyList, "H5Dget_create_plist", path) {
      H5Dget_create_plist(number)
    }
    let creationList = creation.raw
    let layout = try Library.call("H5Pget_layout", path) { H5Pget_layout(creationList).rawValue }
    let externalFiles = try Library.call("H5Pget_external_count", path) {
      H5Pget_external_count(creationList)
    }
    let filters = try Library.call("H5Pget_nfilters", path) { H5Pget_nfilters(creationList) }
    let stored = try Library.call("H5Dget_storage_size", path) {
      Int(clamping: H5Dget_storage_size(number))
    }
    var (bytes, overflows) = (size, false)
    for extent in try extents() {
      let product = bytes.multipliedReportingOverflow(by: extent)
      bytes = product.partialValue
      overflows = overflows || product.overflow
    }
    guard layout == H5D_CONTIGUOUS.rawValue, externalFiles == 0, filters == 0, !overflows,
      stored == bytes
    else {
      throw HDF5Error(
        function: "H5Dread", object: path,
        message: "the elements do not lie in the file as they are")
    }
    return bytes / size
  }
}

extension Group {
  /// Makes a dataset and writes all its elements (`H5Dcreate2`, `H5Dwrite`).
  ///
  /// - Parameters:
  ///   - name: not yet taken.
  ///   - extents: outermost axis first; empty for a single number.
  ///   - elements: as many as the product of the extents, innermost axis fastest.
  /// - Returns: the dataset, for attributes and dimension scales.
  /// - Throws: ``HDF5Error`` if the name is taken.
  package func createDataset<Element: DatasetElement>(
    _ name: String, extents: [Int], elements: [Element]
  ) throws(HDF5Error) -> Dataset {
    precondition(
      extents.reduce(1, *) == elements.count, "A dataset has as many elements as its extents say.")
    let dataset = try Dataset(
      creating: name, in: self, type: Element.elementType, extents: extents)
    if !elements.isEmpty { try dataset.write(elements) }
    return dataset
  }

  /// Opens a dataset of this group (`H5Dopen2`).
  ///
  /// - Throws: ``HDF5Error`` if there is none of that name.
  package func dataset(_ name: String) throws(HDF5Error) -> Dataset {
    try Dataset(opening: name, in: self)
  }
}

extension Dataset {
  /// Whether this is a dimension scale, a name for axes of other datasets (`H5DSis_scale`).
  ///
  /// - Throws: ``HDF5Error`` if the file is broken.
  package func isDimensionScale() throws(HDF5Error) -> Bool {
    let number = number
    return try Library.call("H5DSis_scale", path) { H5DSis_scale(number) } > 0
  }
}
