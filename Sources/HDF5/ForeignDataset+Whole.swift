extension ForeignDataset {
  /// Whether the elements are unsigned bytes (`H5Tequal`).
  ///
  /// - Throws: ``HDF5Error`` if the file is broken.
  package func holdsUnsignedBytes() throws(HDF5Error) -> Bool {
    try dataset.elementType() == .uint8
  }

  /// Reads all elements as numbers of a type, converting.
  ///
  /// - Throws: ``HDF5Error`` if the elements are no numbers or cannot be read.
  package func elements<Element: DatasetElement>(
    of type: Element.Type = Element.self
  ) throws(HDF5Error) -> [Element] {
    try elements(of: type, rows: 0..<(extents.first ?? 0))
  }
}
