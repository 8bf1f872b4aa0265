import HDF5

extension ReportArray {
  /// Makes the dataset.
  ///
  /// - Throws: `HDF5Error` if memory runs out.
  func write(to root: borrowing Group) throws(HDF5Error) -> Dataset {
    let extents = axes.map(\.count)
    return switch elements {
    case .float32(let elements):
      try root.createDataset(name, extents: extents, elements: elements)
    case .float64(let elements):
      try root.createDataset(name, extents: extents, elements: elements)
    }
  }

  /// Reads the array of that name.
  ///
  /// - Throws: `HDF5Error` if it is missing; ``StorageError`` if it does not fit its axes.
  init(_ name: String, in root: borrowing Group, path: String) throws {
    let dataset = try root.dataset(name)
    let axisNames = try dataset.text("dims").split(separator: ",").map(String.init)
    guard Set(axisNames + [name]).count == axisNames.count + 1,
      axisNames.allSatisfy(ReportAxis.isName)
    else {
      throw StorageError.notOurs(path: path, reason: "the axes of `\(name)` make no sense")
    }
    var axes: [ReportAxis] = []
    for axis in axisNames { axes.append(try ReportAxis(axis, in: root, path: path)) }
    guard try dataset.extents() == axes.map(\.count) else {
      throw StorageError.notOurs(path: path, reason: "`\(name)` does not fit its axes")
    }
    let elements: Elements =
      try dataset.elementType() == .float32
      ? .float32(try dataset.elements()) : .float64(try dataset.elements())
    self.init(
      name, axes: axes, elements, unit: try dataset.text("units"),
      meaning: try dataset.text("long_name"))
  }
}

extension ReportAxis {
  /// Makes the dataset of the coordinates.
  ///
  /// - Throws: `HDF5Error` if memory runs out.
  func write(to root: borrowing Group) throws(HDF5Error) -> Dataset {
    switch coordinates {
    case .counts(let counts):
      try root.createDataset(name, extents: [count], elements: counts.map { Int64($0) })
    case .numbers(let numbers):
      try root.createDataset(name, extents: [count], elements: numbers)
    case .labels(let labels):
      try root.createTexts(name, labels)
    }
  }

  /// Reads the axis of that name.
  ///
  /// - Throws: `HDF5Error` if it is missing; ``StorageError`` if it is no list.
  init(_ name: String, in root: borrowing Group, path: String) throws {
    let dataset = try root.dataset(name)
    let extents = try dataset.extents()
    guard extents.count == 1, extents[0] > 0, try dataset.isDimensionScale() else {
      throw StorageError.notOurs(path: path, reason: "the axis `\(name)` has no coordinates")
    }
    let coordinates: Coordinates =
      if try dataset.holdsTexts() {
        .labels(try dataset.texts())
      } else if try dataset.elementType() == .int64 {
        .counts(try dataset.elements(of: Int64.self).map { Int($0) })
      } else {
        .numbers(try dataset.elements())
      }
    self.init(
      name, coordinates, unit: try dataset.text("units"), meaning: try dataset.text("long_name"))
  }
}

extension Dataset {
  /// Says what the numbers are, in the attributes that netCDF readers know.
  func describe(unit: String, meaning: String) throws(HDF5Error) {
    try setAttribute("units", unit)
    try setAttribute("long_name", meaning)
  }
}
