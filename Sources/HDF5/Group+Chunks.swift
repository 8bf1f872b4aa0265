import CHDF5

extension Group {
  /// Makes a dataset of zeros that can grow along its first axis, stored in chunks without
  /// compression (`H5Pset_chunk`, `H5Dcreate2`).
  ///
  /// - Parameters:
  ///   - name: not yet taken.
  ///   - type: of its elements.
  ///   - extents: outermost axis first, at least one.
  ///   - chunk: the extents of a chunk.
  /// - Throws: ``HDF5Error`` if the name is taken.
  package func createChunkedDataset(
    _ name: String, type: ElementType, extents: [Int], chunk: [Int]
  ) throws(HDF5Error) -> Dataset {
    let path = joined(path, name)
    let creation = try Identifier.propertyList(manabi_H5P_DATASET_CREATE(), path)
    let list = creation.raw
    let chunk = chunk.map { hsize_t($0) }
    try Library.call("H5Pset_chunk", path) { H5Pset_chunk(list, Int32(chunk.count), chunk) }
    let current = extents.map { hsize_t($0) }
    let largest = [manabi_H5S_UNLIMITED()] + current.dropFirst()
    let space = try Identifier(.dataspace, "H5Screate_simple", path) {
      H5Screate_simple(Int32(current.count), current, largest)
    }
    return try Dataset(
      creating: name, in: self, fileType: type.fileType, space: space.raw, creationList: list)
  }

  /// Makes a dataset that is a single text of variable length (`H5Dcreate2`, `H5Dwrite`).
  ///
  /// - Throws: ``HDF5Error`` if the name is taken.
  package func createText(_ name: String, _ text: String) throws(HDF5Error) {
    let path = joined(path, name)
    let type = try Identifier.stringType(path)
    let space = try Identifier.dataspace([], path)
    let creation = try Identifier.propertyList(manabi_H5P_DATASET_CREATE(), path)
    let dataset = try Dataset(
      creating: name, in: self, fileType: type.raw, space: space.raw, creationList: creation.raw)
    let (number, raw) = (dataset.number, type.raw)
    try Library.call("H5Dwrite", path) {
      text.withCString { characters in
        withUnsafePointer(to: characters) {
          H5Dwrite(
            number, raw, manabi_H5S_ALL(), manabi_H5S_ALL(), manabi_H5P_DEFAULT(), $0)
        }
      }
    }
  }
}

extension Dataset {
  /// Writes some rows of the first axis (`H5Sselect_hyperslab`, `H5Dwrite`).
  ///
  /// - Parameters:
  ///   - elements: as many as those rows have, innermost axis fastest.
  ///   - rows: within the first extent.
  /// - Throws: ``HDF5Error`` if memory runs out.
  package func write<Element: DatasetElement>(
    _ elements: [Element], rows: Range<Int>
  ) throws(HDF5Error) {
    let (number, path) = (number, path)
    let block = [rows.count] + (try extents()).dropFirst()
    precondition(block.reduce(1, *) == elements.count, "As many elements as the rows have.")
    let file = try Identifier(.dataspace, "H5Dget_space", path) { H5Dget_space(number) }
    let memory = try Identifier.dataspace(block, path)
    let (fileSpace, memorySpace) = (file.raw, memory.raw)
    let start = [hsize_t(rows.lowerBound)] + block.dropFirst().map { _ in 0 }
    let count = block.map { hsize_t($0) }
    try Library.call("H5Sselect_hyperslab", path) {
      H5Sselect_hyperslab(fileSpace, H5S_SELECT_SET, start, nil, count, nil)
    }
    try Library.call("H5Dwrite", path) {
      elements.withUnsafeBytes {
        H5Dwrite(
          number, Element.elementType.memoryType, memorySpace, fileSpace, manabi_H5P_DEFAULT(),
          $0.baseAddress)
      }
    }
  }
}
