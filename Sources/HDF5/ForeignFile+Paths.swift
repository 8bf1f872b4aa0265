extension ForeignFile {
  /// How deep groups are searched: those of others may contain themselves.
  private static let largestDepth = 8

  /// The paths of all datasets that lie in the file itself, such as `train/images`.
  ///
  /// - Throws: ``HDF5Error`` if the file is broken.
  package func datasetPaths() throws(HDF5Error) -> [String] {
    try Self.datasetPaths(in: root, "", depth: 0)
  }

  private static func datasetPaths(
    in group: borrowing Group, _ prefix: String, depth: Int
  ) throws(HDF5Error) -> [String] {
    var paths: [String] = []
    for name in try group.memberNames() where try group.holds(name) {
      if try group.isDataset(name) {
        paths.append(prefix + name)
      } else if depth < largestDepth {
        paths += try datasetPaths(in: try group.group(name), prefix + name + "/", depth: depth + 1)
      }
    }
    return paths
  }

  /// Opens one of ``datasetPaths()``.
  ///
  /// - Throws: ``HDF5Error`` if it is stored in a way that is refused.
  package func dataset(at path: String) throws(HDF5Error) -> ForeignDataset {
    try Self.dataset(path.split(separator: "/").map(String.init)[...], in: root)
  }

  private static func dataset(
    _ names: ArraySlice<String>, in group: borrowing Group
  ) throws(HDF5Error) -> ForeignDataset {
    let name = names.first ?? ""
    if names.count < 2 { return try ForeignDataset(name, in: group) }
    return try dataset(names.dropFirst(), in: try group.group(name))
  }
}
