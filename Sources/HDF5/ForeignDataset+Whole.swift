extension ForeignDataset {
  /// Whether the elements are unsigned bytes (`H5Tequal`).
  ///
  /// - Throws: ``HDF5Error`` if the file is broken.
  package func holdsUnsignedBytes() throws(HDF5Error) -> Bool {
    try dataset.elementType() == .uint8
  }

  /// About the most memory that reading some rows takes, in bytes.
  ///
  /// - Parameter elementSize: of the type that they are read as.
  package func readingByteCount(rows: Range<Int>, elementSize: Int) -> Int {
    let width = extents.dropFirst().reduce(1, *)
    // A chunk as it is stored and unpacked, for which memory is doubled until it is enough, and
    // without its filters one after the other.
    return rows.count * width * elementSize + 6 * (chunkByteCount ?? 0)
  }
}
