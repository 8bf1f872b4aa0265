import Crypto
import HDF5

extension LabeledItems {
  /// Reads a dataset.
  ///
  /// Unsigned bytes of images become numbers from 0 to 1 before the source's scaling. Different
  /// labels are classes in the order of the labels: by their numbers, or texts by their characters.
  ///
  /// - Parameter source: checked by ``DatasetSource/check()``.
  /// - Throws: ``StorageError`` if a file cannot be read, ``TableError`` or ``DatasetError`` if its
  ///   contents are no such dataset.
  /// - Complexity: O(size of the files); about three times the memory of the items.
  package init(
    _ source: DatasetSource, fileSystem: any FileSystem = POSIXFileSystem()
  ) throws {
    let (images, labels) = (source.images ?? "", source.labels ?? "")
    let path = source.path ?? images
    let bytes = try fileSystem.read(path)
    switch source.format {
    case .idx:
      let labelBytes = try fileSystem.read(labels)
      try Self.check(source, [bytes, labelBytes], path)
      try self.init(
        images: try IDXArray(bytes, path: path), labels: try IDXArray(labelBytes, path: labels),
        source, (path, labels))
    case .csv:
      try Self.check(source, [bytes], path)
      let table = try TableReader(bytes, source: path).context(target: labels)
      try self.init(
        table.features.values.map { Float($0) }, extents: [table.features.columns.count],
        labels: ClassNumbering(texts: table.labels), source: source, path: path)
    case .hdf5:
      try Self.check(source, [bytes], path)
      do {
        try self.init(try File(image: bytes).root(), source, path, images: images, labels: labels)
      } catch let error as HDF5Error {
        throw DatasetError(path, .unreadable("\(error)"))
      }
    }
  }

  /// - Throws: ``DatasetError`` if the bytes do not have the digest that the source names.
  private static func check(
    _ source: DatasetSource, _ files: [[UInt8]], _ path: String
  ) throws(DatasetError) {
    guard let expected = source.sha256?.lowercased() else { return }
    var hash = SHA256()
    for file in files { hash.update(data: file) }
    let found = hexadecimal(hash.finalize())
    guard found == expected else {
      throw DatasetError(path, .digest(expected: expected, found: found))
    }
  }

  private init(
    images: IDXArray, labels: IDXArray, _ source: DatasetSource,
    _ paths: (images: String, labels: String)
  ) throws(DatasetError) {
    let axes = images.extents.count
    guard axes > 1 else {
      throw DatasetError(paths.images, .axes(found: axes, expected: "images have two or more"))
    }
    guard labels.extents.count == 1 else {
      throw DatasetError(
        paths.labels, .axes(found: labels.extents.count, expected: "labels have one"))
    }
    guard images.extents[0] == labels.extents[0] else {
      throw DatasetError(
        paths.labels, .labelCount(items: images.extents[0], labels: labels.extents[0]))
    }
    try self.init(
      images.floats(), extents: Array(images.extents.dropFirst()),
      labels: ClassNumbering(try labels.wholeNumbers()), source: source, path: paths.images)
  }
}

// MARK: - HDF5

extension LabeledItems {
  private init(
    _ root: borrowing Group, _ source: DatasetSource, _ path: String, images: String,
    labels: String
  ) throws {
    let array = try Self.array(images, in: root, path)
    let extents = try array.extents()
    guard extents.count > 1 else {
      throw DatasetError(
        path, at: array.path, .axes(found: extents.count, expected: "images have two or more"))
    }
    let labelArray = try Self.array(labels, in: root, path)
    let labelExtents = try labelArray.extents()
    guard labelExtents.count == 1 || labelExtents.count == 2 && labelExtents[1] == 1 else {
      throw DatasetError(
        path, at: labelArray.path, .axes(found: labelExtents.count, expected: "labels have one"))
    }
    guard labelExtents[0] == extents[0] else {
      throw DatasetError(
        path, at: labelArray.path, .labelCount(items: extents[0], labels: labelExtents[0]))
    }
    var items = try array.convertedElements(to: Float.self)
    if try array.elementType() == .uint8 {
      for index in items.indices { items[index] /= 255 }
    }
    try self.init(
      items, extents: Array(extents.dropFirst()),
      labels: ClassNumbering(try Self.labels(labelArray, path)), source: source, path: path)
  }

  /// An array of numbers that lies in the file itself.
  private static func array(
    _ name: String, in root: borrowing Group, _ path: String
  ) throws -> Dataset {
    let parts = name.split(separator: "/").map(String.init)
    guard let member = parts.first else { throw DatasetError(path, .noArray(name, known: [])) }
    guard try root.contains(member) else {
      throw DatasetError(path, .noArray(joined(root.path, member), known: try root.memberNames()))
    }
    guard try root.holds(member) else {
      throw DatasetError(path, .linkedArray(joined(root.path, member)))
    }
    let isArray = try root.isDataset(member)
    guard isArray == (parts.count == 1) else {
      let known = isArray ? [] : try root.group(member).memberNames().map { "\(member)/\($0)" }
      throw DatasetError(path, .noArray(joined(root.path, name), known: known))
    }
    if !isArray {
      let rest = parts.dropFirst().joined(separator: "/")
      return try array(rest, in: try root.group(member), path)
    }
    let array = try root.dataset(member)
    guard try array.isInteger() != nil else { throw DatasetError(path, .notNumbers(array.path)) }
    return array
  }

  private static func labels(_ array: borrowing Dataset, _ path: String) throws -> [Int64] {
    guard try array.isInteger() == true else {
      return try wholeLabels(try array.convertedElements(to: Double.self), path)
    }
    let labels = try array.convertedElements(to: Int64.self)
    // What HDF5 makes of larger numbers.
    if let index = labels.firstIndex(of: .max) {
      throw DatasetError(path, at: "item \(index + 1)", .labelTooLarge("\(labels[index])"))
    }
    return labels
  }

  private static func joined(_ path: String, _ name: String) -> String {
    path.hasSuffix("/") ? path + name : "\(path)/\(name)"
  }
}
