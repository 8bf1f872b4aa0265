extension ForeignFile {
  /// How deep groups are searched: those of others may contain themselves.
  private static let largestDepth = 8
  /// How many members of a group are looked at, which may have millions.
  private static let largestMemberCount = 64

  /// Whether a path leads to a dataset by links that do not leave the file.
  ///
  /// - Throws: ``HDF5Error`` if the file is broken, or the path leads through too many groups.
  package func holdsDataset(_ path: String) throws(HDF5Error) -> Bool {
    let names = path.split(separator: "/").map(String.init)
    try Self.checkDepth(names, of: path)
    return try Self.holdsDataset(names[...], in: root)
  }

  private static func holdsDataset(
    _ names: ArraySlice<String>, in group: borrowing Group
  ) throws(HDF5Error) -> Bool {
    guard let name = names.first, try group.contains(name), try group.holds(name) else {
      return false
    }
    let isDataset = try group.isDataset(name)
    if names.count == 1 || isDataset { return names.count == 1 && isDataset }
    return try holdsDataset(names.dropFirst(), in: try group.group(name))
  }

  static func checkDepth(_ names: [String], of path: String) throws(HDF5Error) {
    guard names.count <= largestDepth + 1 else {
      throw HDF5Error(
        function: "H5Gopen2", object: path,
        message: "it lies in \(names.count - 1) groups, more than \(largestDepth); copy it up")
    }
  }

  /// The paths of some datasets that lie in the file itself, such as `train/images`, in order.
  ///
  /// - Parameter limit: how many at most.
  /// - Throws: ``HDF5Error`` if the file is broken.
  package func datasetPaths(atMost limit: Int) throws(HDF5Error) -> [String] {
    var paths: [String] = []
    var visits = 16 * limit
    try Self.collectPaths(in: root, "", depth: 0, limit, &visits, into: &paths)
    return paths.sorted()
  }

  private static func collectPaths(
    in group: borrowing Group, _ prefix: String, depth: Int, _ limit: Int, _ visits: inout Int,
    into paths: inout [String]
  ) throws(HDF5Error) {
    for name in try group.someMemberNames(atMost: largestMemberCount) where try group.holds(name) {
      visits -= 1
      if paths.count == limit || visits < 0 { return }
      if try group.isDataset(name) {
        paths.append(prefix + name)
      } else if depth < largestDepth {
        try collectPaths(
          in: try group.group(name), prefix + name + "/", depth: depth + 1, limit, &visits,
          into: &paths)
      }
    }
  }
}
