import CHDF5

/// A dataset of a file of others, all of whose elements lie in that file.
package struct ForeignDataset: ~Copyable {
  /// What its elements are.
  package enum ElementClass: UInt8, Sendable {
    case integer, float, text, other
  }

  let dataset: Dataset
  package let elementClass: ElementClass
  /// Outermost axis first; empty for a single element.
  package let extents: [Int]
  /// The extents of a chunk, if it is stored in chunks.
  package let chunkExtents: [Int]?
  /// The bytes of a chunk, if it is stored in chunks.
  let chunkByteCount: Int?

  /// Where it stands in the file, such as `/X`.
  package var path: String { dataset.path }

  /// - Parameters:
  ///   - name: of a member of the group.
  ///   - group: where it is.
  ///   - fileSize: in bytes.
  /// - Throws: ``HDF5Error`` if it is missing, reached by a link that is not hard, not wholly in
  ///   the file, filtered in an unknown way, or of a size that the file cannot hold.
  init(_ name: String, in group: borrowing Group, fileSize: Int) throws(HDF5Error) {
    let path = joined(group.path, name)
    guard try group.contains(name) else {
      throw HDF5Error(function: "H5Lexists", object: path, message: "there is no such dataset")
    }
    guard try group.holds(name) else {
      throw HDF5Error(
        function: "H5Lget_info", object: path, message: "it is a link to elsewhere; copy it here")
    }
    guard try group.isDataset(name) else {
      throw HDF5Error(function: "H5Iget_type", object: path, message: "it is no dataset")
    }
    let dataset = try Dataset(opening: name, in: group)
    let extents = try dataset.extents()
    let storage = try ForeignStorage(of: dataset, extents: extents, fileSize: fileSize)
    self.extents = extents
    chunkExtents = storage.chunkExtents
    chunkByteCount = storage.chunkByteCount
    elementClass = storage.elementClass
    self.dataset = dataset
  }

  /// Reads some rows of the first axis as numbers of a type, converting (`H5Dread`).
  ///
  /// - Parameter rows: within the first extent.
  /// - Returns: innermost axis fastest.
  /// - Throws: ``HDF5Error`` if the elements are no numbers or a chunk cannot be read.
  package func elements<Element: DatasetElement>(
    of type: Element.Type = Element.self, rows: Range<Int>
  ) throws(HDF5Error) -> [Element] {
    let (number, path) = (dataset.number, path)
    guard elementClass == .integer || elementClass == .float else {
      throw HDF5Error(function: "H5Dread", object: path, message: "its elements are no numbers")
    }
    guard let rowCount = extents.first else {
      throw HDF5Error(function: "H5Dread", object: path, message: "it is a single number")
    }
    precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount)
    let block = [rows.count] + extents.dropFirst()
    var elements = [Element](repeating: .zero, count: block.reduce(1, *))
    if elements.isEmpty { return elements }
    let file = try Identifier(.dataspace, "H5Dget_space", path) { H5Dget_space(number) }
    let memory = try Identifier.dataspace(block, path)
    let (fileSpace, memorySpace) = (file.raw, memory.raw)
    let start = [hsize_t(rows.lowerBound)] + extents.dropFirst().map { _ in 0 }
    let count = block.map { hsize_t($0) }
    try Library.call("H5Sselect_hyperslab", path) {
      H5Sselect_hyperslab(fileSpace, H5S_SELECT_SET, start, nil, count, nil)
    }
    try Library.call("H5Dread", path) {
      elements.withUnsafeMutableBytes {
        H5Dread(
          number, Element.elementType.memoryType, memorySpace, fileSpace, manabi_H5P_DEFAULT(),
          $0.baseAddress)
      }
    }
    return elements
  }

  /// Reads a single text of fixed or variable length (`H5Dread`).
  ///
  /// - Throws: ``HDF5Error`` if it is no single text.
  package func text() throws(HDF5Error) -> String {
    let (number, path) = (dataset.number, path)
    guard elementClass == .text, extents.allSatisfy({ $0 == 1 }) else {
      throw HDF5Error(function: "H5Dread", object: path, message: "it is no single text")
    }
    let type = try Identifier(.datatype, "H5Dget_type", path) { H5Dget_type(number) }
    let raw = type.raw
    let isVariable = try Library.call("H5Tis_variable_str", path) { H5Tis_variable_str(raw) } > 0
    guard isVariable else {
      var bytes = [UInt8](repeating: 0, count: try ForeignStorage.size(ofType: raw, path))
      try Library.call("H5Dread", path) {
        bytes.withUnsafeMutableBytes {
          H5Dread(
            number, raw, manabi_H5S_ALL(), manabi_H5S_ALL(), manabi_H5P_DEFAULT(), $0.baseAddress)
        }
      }
      return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    var characters: UnsafeMutablePointer<CChar>?
    try Library.call("H5Dread", path) {
      H5Dread(number, raw, manabi_H5S_ALL(), manabi_H5S_ALL(), manabi_H5P_DEFAULT(), &characters)
    }
    guard let characters else { return "" }
    let text = String(cString: characters)
    try Library.call("H5free_memory", path) { H5free_memory(characters) }
    return text
  }
}
