import HDF5

/// What an evaluation found: arrays of numbers on named axes, and facts in words.
///
/// In the file, arrays are datasets of the root, and so are axes: dimension scales that hold their
/// coordinates, which xarray shows as such. Attributes `units` and `long_name` of both say what the
/// numbers are. Title, software and facts are attributes of the root.
package struct Report: Equatable, Sendable {
  package let title: String
  /// In the order in which they are to be read.
  package let facts: [ReportFact]
  package let arrays: [ReportArray]
  /// Name and version of the program that made it.
  package let software: String

  /// - Parameters:
  ///   - title: one line.
  ///   - facts: of different names, none of which is `title`, `software`, `arrays` or `facts`.
  ///   - arrays: of different names; axes of one name, in different arrays too, are equal, and no
  ///     axis has the name of an array.
  ///   - software: name and version of the program that makes it.
  package init(title: String, facts: [ReportFact], arrays: [ReportArray], software: String) {
    let axes = Self.axes(of: arrays)
    let words = facts.map(\.name) + Self.ownAttributes
    precondition(Set(words).count == words.count, "Every fact has a name of its own.")
    let names = arrays.map(\.name) + axes.map(\.name)
    precondition(
      Set(names).count == names.count, "Arrays have names of their own, axes of one name agree.")
    self.title = title
    self.facts = facts
    self.arrays = arrays
    self.software = software
  }

  /// What the file says beside the facts.
  private static let ownAttributes = ["title", "software", "arrays", "facts"]

  /// The axes that differ, in the order in which they first appear.
  private static func axes(of arrays: [ReportArray]) -> [ReportAxis] {
    arrays.flatMap(\.axes).reduce(into: []) { axes, axis in
      if !axes.contains(axis) { axes.append(axis) }
    }
  }
}

extension Report {
  /// The file, whose bytes depend on the content alone.
  ///
  /// - Throws: `HDF5Error` if memory runs out.
  /// - Complexity: O(number of elements)
  func image() throws -> ImageToSeal {
    let file = try File(capacity: arrays.reduce(1 << 16) { $0 + $1.byteCount + 4096 })
    let root = try file.root()
    try root.setAttribute("title", title)
    try root.setAttribute("software", software)
    try root.setAttribute("arrays", arrays.map(\.name).joined(separator: "\n"))
    try root.setAttribute("facts", facts.map(\.name).joined(separator: "\n"))
    for fact in facts { try root.setAttribute(fact.name, fact.text) }
    var scales = DimensionScales()
    for axis in Self.axes(of: arrays) {
      let coordinates = try axis.write(to: root)
      try coordinates.describe(unit: axis.unit, meaning: axis.meaning)
      try scales.declare(axis.name, coordinates: coordinates)
    }
    for array in arrays {
      let dataset = try array.write(to: root)
      try dataset.describe(unit: array.unit, meaning: array.meaning)
      let names = array.axes.map(\.name)
      try dataset.setAttribute("dims", names.joined(separator: ","))
      try scales.attach(names, to: dataset, in: root)
    }
    try scales.listUses(in: root)
    return ImageToSeal(file, as: .report)
  }

  /// Writes the report so that afterwards the path holds all of it, on the disk, or what it held
  /// before.
  ///
  /// - Throws: ``StorageError/system(call:path:code:)`` with the call that failed.
  package func write(
    to path: String, fileSystem: any FileSystem = POSIXFileSystem()
  ) throws {
    try image().write(to: path, fileSystem: fileSystem)
  }

  /// Reads a report whose seal holds.
  ///
  /// - Throws: ``StorageError`` if the file is missing, damaged or no report.
  package init(
    contentsOf path: String, fileSystem: any FileSystem = POSIXFileSystem()
  ) throws(StorageError) {
    let file = try SealedFile(contentsOf: path, fileSystem: fileSystem)
    self = try file.open(as: .report, path: path) { root in try Report(root, path: path) }
  }

  private init(_ root: borrowing Group, path: String) throws {
    let names = try Self.names("arrays", of: root, path: path)
    var arrays: [ReportArray] = []
    for name in names { arrays.append(try ReportArray(name, in: root, path: path)) }
    let axisNames = Set(arrays.flatMap { $0.axes.map(\.name) })
    guard axisNames.isDisjoint(with: names) else {
      throw StorageError.notOurs(path: path, reason: "an array and an axis have one name")
    }
    let facts = try Self.facts(of: root, path: path)
    self.init(
      title: try root.text("title"), facts: facts, arrays: arrays,
      software: try root.text("software"))
  }

  static func facts(of root: borrowing Group, path: String) throws -> [ReportFact] {
    let names = try names("facts", of: root, path: path)
    guard Set(names).isDisjoint(with: ownAttributes) else {
      throw StorageError.notOurs(path: path, reason: "a fact has the name of an attribute")
    }
    var facts: [ReportFact] = []
    for name in names { facts.append(ReportFact(name, try root.text(name))) }
    return facts
  }

  /// The names that an attribute lists, a line each.
  private static func names(
    _ attribute: String, of root: borrowing Group, path: String
  ) throws -> [String] {
    let names = try root.text(attribute).split(separator: "\n").map(String.init)
    guard Set(names).count == names.count, names.allSatisfy(ReportAxis.isName) else {
      throw StorageError.notOurs(path: path, reason: "its list of \(attribute) makes no sense")
    }
    return names
  }
}
