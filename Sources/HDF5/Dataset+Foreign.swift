import CHDF5

// Files of other programs, which may store numbers in more ways than this module writes them.

extension Dataset {
  /// The most that deflating can make of a byte; the rest is for what else a chunk stores.
  ///
  /// Source: zlib's technical notes, <https://zlib.net/zlib_tech.html>.
  private static let largestExpansion = 1040

  /// Whether the elements are whole numbers, real ones, or nil for anything else (`H5Tget_class`).
  ///
  /// - Throws: ``HDF5Error`` if the file is broken.
  package func isInteger() throws(HDF5Error) -> Bool? {
    let (number, path) = (number, path)
    let type = try Identifier(.datatype, "H5Dget_type", path) { H5Dget_type(number) }
    let typeIdentifier = type.raw
    let kind = try Library.call("H5Tget_class", path) { H5Tget_class(typeIdentifier).rawValue }
    switch kind {
    case H5T_INTEGER.rawValue: return true
    case H5T_FLOAT.rawValue: return false
    default: return nil
    }
  }

  /// Reads all elements of a file that another program wrote, innermost axis fastest, converted
  /// from whatever numbers they are (`H5Dread`).
  ///
  /// The elements may be contiguous, compact or in chunks, which may be shuffled, deflated and have
  /// check sums. What does not fit the type becomes its nearest number.
  ///
  /// - Throws: ``HDF5Error`` if they are no numbers, lie outside the file, have another filter, or
  ///   are more than the file can hold.
  /// - Complexity: O(number of elements)
  package func convertedElements<Element: DatasetElement>(
    to type: Element.Type = Element.self
  ) throws(HDF5Error) -> [Element] {
    let (number, path) = (number, path)
    guard try isInteger() != nil else {
      throw HDF5Error(function: "H5Dread", object: path, message: "the elements are no numbers")
    }
    var elements = [Element](repeating: .zero, count: try foreignElementCount())
    try Library.call("H5Dread", path) {
      elements.withUnsafeMutableBytes {
        H5Dread(
          number, Element.elementType.memoryType, manabi_H5S_ALL(), manabi_H5S_ALL(),
          manabi_H5P_DEFAULT(), $0.baseAddress)
      }
    }
    return elements
  }

  /// The number of elements, if the file can hold them (`H5Dget_storage_size`,
  /// `H5Fget_filesize`).
  private func foreignElementCount() throws(HDF5Error) -> Int {
    let (number, path) = (number, path)
    let isPacked = try checkStorage()
    let type = try Identifier(.datatype, "H5Dget_type", path) { H5Dget_type(number) }
    let typeIdentifier = type.raw
    let size = try Library.call("H5Tget_size", path) { Int(clamping: H5Tget_size(typeIdentifier)) }
    let file = try Identifier(.file, "H5Iget_file_id", path) { H5Iget_file_id(number) }
    let fileIdentifier = file.raw
    var fileSize: hsize_t = 0
    try Library.call("H5Fget_filesize", path) { H5Fget_filesize(fileIdentifier, &fileSize) }
    let stored = try Library.call("H5Dget_storage_size", path) {
      Int(clamping: H5Dget_storage_size(number))
    }
    var (count, overflows) = (1, false)
    for extent in try extents() {
      let product = count.multipliedReportingOverflow(by: extent)
      count = product.partialValue
      overflows = overflows || product.overflow
    }
    let bytes = count.multipliedReportingOverflow(by: size)
    let capacity = min(stored, Int(clamping: fileSize))
      .multipliedReportingOverflow(by: isPacked ? Self.largestExpansion : 1)
    guard !overflows, !bytes.overflow, !capacity.overflow,
      bytes.partialValue <= capacity.partialValue
    else {
      throw HDF5Error(
        function: "H5Dread", object: path, message: "the file does not hold all the elements")
    }
    return count
  }

  /// Checks that the elements lie in the file itself, behind filters that are part of the library
  /// (`H5Pget_layout`, `H5Pget_external_count`, `H5Pget_filter2`).
  ///
  /// - Returns: whether there are filters.
  private func checkStorage() throws(HDF5Error) -> Bool {
    let (number, path) = (number, path)
    let creation = try Identifier(.propertyList, "H5Dget_create_plist", path) {
      H5Dget_create_plist(number)
    }
    let list = creation.raw
    let layout = try Library.call("H5Pget_layout", path) { H5Pget_layout(list).rawValue }
    let externalFiles = try Library.call("H5Pget_external_count", path) {
      H5Pget_external_count(list)
    }
    let layouts = [H5D_COMPACT.rawValue, H5D_CONTIGUOUS.rawValue, H5D_CHUNKED.rawValue]
    guard layouts.contains(layout), externalFiles == 0 else {
      throw HDF5Error(
        function: "H5Dread", object: path, message: "the elements lie outside the file")
    }
    let known = [H5Z_FILTER_DEFLATE, H5Z_FILTER_SHUFFLE, H5Z_FILTER_FLETCHER32]
    let filterCount = try Library.call("H5Pget_nfilters", path) { H5Pget_nfilters(list) }
    for index in 0..<filterCount {
      let filter = try Library.call("H5Pget_filter2", path) {
        var (flags, settingCount, configuration) = (UInt32(0), 0, UInt32(0))
        return H5Pget_filter2(
          list, UInt32(index), &flags, &settingCount, nil, 0, nil, &configuration)
      }
      guard known.contains(filter) else {
        throw HDF5Error(
          function: "H5Dread", object: path,
          message: "filter \(filter) is not one of gzip, shuffle and fletcher32")
      }
    }
    return filterCount > 0
  }
}

extension Group {
  /// Whether the member of that name lies in this file and is not a link that may lead elsewhere
  /// (`H5Lget_info`).
  ///
  /// - Throws: ``HDF5Error`` if there is none of that name.
  package func holds(_ name: String) throws(HDF5Error) -> Bool {
    let (number, path) = (number, joined(path, name))
    return try Library.call("H5Lget_info", path) { manabi_link_is_hard(number, name) } > 0
  }
}
