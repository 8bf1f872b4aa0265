import CHDF5

extension Group {
  /// Makes a dataset with one axis of texts of any length (`H5Dcreate2`, `H5Dwrite`).
  ///
  /// - Parameters:
  ///   - name: not yet taken.
  ///   - texts: at least one; a text ends at its first null character.
  /// - Returns: the dataset, for attributes and dimension scales.
  /// - Throws: ``HDF5Error`` if the name is taken.
  package func createTexts(_ name: String, _ texts: [String]) throws(HDF5Error) -> Dataset {
    precondition(!texts.isEmpty, "A dataset of texts has some.")
    let path = joined(path, name)
    let type = try Identifier.stringType(path)
    let space = try Identifier.dataspace([texts.count], path)
    let creation = try Identifier.propertyList(manabi_H5P_DATASET_CREATE(), path)
    let dataset = try Dataset(
      creating: name, in: self, fileType: type.raw, space: space.raw, creationList: creation.raw)
    let (number, raw) = (dataset.number, type.raw)
    var characters: [CChar] = []
    let starts = texts.map { text in
      defer { characters += text.utf8CString }
      return characters.count
    }
    let outcome = characters.withUnsafeBufferPointer { characters in
      let pointers = starts.map { characters.baseAddress?.advanced(by: $0) }
      return Result { () throws(HDF5Error) in
        try Library.call("H5Dwrite", path) {
          pointers.withUnsafeBytes {
            H5Dwrite(
              number, raw, manabi_H5S_ALL(), manabi_H5S_ALL(), manabi_H5P_DEFAULT(),
              $0.baseAddress)
          }
        }
      }
    }
    _ = try outcome.get()
    return dataset
  }
}

extension Dataset {
  /// Whether the elements are texts of any length (`H5Dget_type`, `H5Tis_variable_str`).
  ///
  /// - Throws: ``HDF5Error`` if the file is broken.
  package func holdsTexts() throws(HDF5Error) -> Bool {
    let (number, path) = (number, path)
    let type = try Identifier(.datatype, "H5Dget_type", path) { H5Dget_type(number) }
    let raw = type.raw
    return try Library.call("H5Tis_variable_str", path) { H5Tis_variable_str(raw) } > 0
  }

  /// Reads all texts (`H5Dread`).
  ///
  /// - Throws: ``HDF5Error`` if the elements are no texts of any length.
  package func texts() throws(HDF5Error) -> [String] {
    let (number, path) = (number, path)
    guard try holdsTexts() else {
      throw HDF5Error(function: "H5Dread", object: path, message: "the elements are no texts")
    }
    let type = try Identifier.stringType(path)
    let raw = type.raw
    let count = try extents().reduce(1, *)
    var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
    try Library.call("H5Dread", path) {
      pointers.withUnsafeMutableBytes {
        H5Dread(
          number, raw, manabi_H5S_ALL(), manabi_H5S_ALL(), manabi_H5P_DEFAULT(), $0.baseAddress)
      }
    }
    var texts: [String] = []
    for pointer in pointers {
      // The library may give a text without characters no memory.
      texts.append(pointer.map { String(cString: $0) } ?? "")
      try Library.call("H5free_memory", path) { H5free_memory(pointer) }
    }
    return texts
  }
}
