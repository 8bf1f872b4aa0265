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
    switch source.format {
    case .idx:
      let (imageBytes, labelBytes) = (try fileSystem.read(path), try fileSystem.read(labels))
      try Self.check(source, [imageBytes, labelBytes], path)
      try self.init(
        images: try IDXArray(imageBytes, path: path),
        labels: try IDXArray(labelBytes, path: labels), source, (path, labels))
    case .csv:
      let bytes = try fileSystem.read(path)
      try Self.check(source, [bytes], path)
      let table = try TableReader(bytes, source: path).context(target: labels)
      try self.init(
        table.features.values.map { Float($0) }, extents: [table.features.columns.count],
        labels: ClassNumbering(texts: table.labels), source: source, path: path)
    case .hdf5:
      guard fileSystem.exists(path) else { throw StorageError.missing(path: path) }
      if source.sha256 != nil { try Self.check(source, [try fileSystem.read(path)], path) }
      do {
        try self.init(try ConfinedFile(contentsOf: path), source, path, images, labels)
      } catch let error as ForeignFileError {
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

  /// - Parameter paths: for errors.
  /// - Throws: ``DatasetError`` if the arrays are not images and as many labels.
  package init(
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
    try Self.checkCount(images.extents[0], source, path: paths.images)
    try self.init(
      images.floats(), extents: Array(images.extents.dropFirst()),
      labels: ClassNumbering(try labels.wholeNumbers()), source: source, path: paths.images)
  }
}

// MARK: - HDF5

extension LabeledItems {
  private init(
    _ file: ConfinedFile, _ source: DatasetSource, _ path: String, _ images: String,
    _ labels: String
  ) throws {
    let array = try Self.array(images, in: file, path)
    let extents = array.extents
    guard extents.count > 1 else {
      throw DatasetError(
        path, at: array.path, .axes(found: extents.count, expected: "images have two or more"))
    }
    let labelArray = try Self.array(labels, in: file, path)
    let labelExtents = labelArray.extents
    guard labelExtents.count == 1 || labelExtents.count == 2 && labelExtents[1] == 1 else {
      throw DatasetError(
        path, at: labelArray.path, .axes(found: labelExtents.count, expected: "labels have one"))
    }
    guard labelExtents[0] == extents[0] else {
      throw DatasetError(
        path, at: labelArray.path, .labelCount(items: extents[0], labels: labelExtents[0]))
    }
    try Self.checkCount(extents[0], source, path: path)
    var items = try array.elements(of: Float.self)
    if array.holdsUnsignedBytes {
      for index in items.indices { items[index] /= 255 }
    }
    try self.init(
      items, extents: Array(extents.dropFirst()),
      labels: ClassNumbering(try Self.labels(labelArray, path)), source: source, path: path)
  }

  /// An array of numbers that lies in the file itself.
  private static func array(
    _ name: String, in file: ConfinedFile, _ path: String
  ) throws -> ConfinedDataset {
    let name = name.split(separator: "/").joined(separator: "/")
    guard try file.holdsDataset(name) else {
      throw DatasetError(path, .noArray(name, known: try file.datasetPaths(atMost: 20)))
    }
    let array = try file.dataset(name)
    switch array.elementClass {
    case .integer, .float: return array
    case .text, .other: throw DatasetError(path, .notNumbers(array.path))
    }
  }

  private static func labels(
    _ array: ConfinedDataset, _ path: String
  ) throws -> [Int64] {
    guard array.elementClass == .integer else {
      return try wholeLabels(try array.elements(of: Double.self), path)
    }
    let labels = try array.elements(of: Int64.self)
    // What HDF5 makes of larger numbers.
    if let index = labels.firstIndex(of: .max) {
      throw DatasetError(path, at: "item \(index + 1)", .labelTooLarge("\(labels[index])"))
    }
    return labels
  }
}
