import HDF5
import Storage

/// A small dump of tables as TFM-Playground writes them, to be spoilt in one way or another.
///
/// Ten tables of at most six rows and three features; table `t` has `3 + t % 4` rows and
/// `1 + t % 3` features, and padding that is no number at all.
struct DumpSample {
  static let (tables, rows, features) = (10, 6, 3)

  var inputs: [Float]
  var targets: [Float]
  var featureCounts = (0..<tables).map { Int32(1 + $0 % 3) }
  var rowCounts: [Int32]? = (0..<tables).map { Int32(3 + $0 % 4) }
  var splitName = "train_test_split_index"
  var problem: String? = "classification"
  var classCount: Int64? = 4
  /// Datasets to leave out.
  var absent: Set<String> = []
  /// Datasets that are a text.
  var texts: Set<String> = []
  /// The rows of `y`, if not those of `X`.
  var targetRows = Self.rows
  /// Whether `X` claims tables that were never written.
  var isUnwritten = false

  init() {
    inputs = (0..<Self.tables * Self.rows * Self.features).map { index in
      let (table, place) = index.quotientAndRemainder(dividingBy: Self.rows * Self.features)
      let (row, feature) = place.quotientAndRemainder(dividingBy: Self.features)
      return row < 3 + table % 4 && feature < 1 + table % 3 ? Float(index) / 8 : .nan
    }
    targets = (0..<Self.tables * Self.rows).map { index in
      index % Self.rows < 3 + index / Self.rows % 4 ? Float(index % 4) : .nan
    }
  }

  func write(to path: String) throws {
    let file = try File(hasUserBlock: false)
    let root = try file.root()
    func add<Element: DatasetElement>(
      _ name: String, _ extents: [Int], _ elements: [Element]
    ) throws {
      guard !absent.contains(name) else { return }
      guard !texts.contains(name) else { return try root.createText(name, "a word") }
      let chunk = [4] + extents.dropFirst()
      let dataset = try root.createChunkedDataset(
        name, type: Element.elementType, extents: extents, chunk: chunk)
      let rows = isUnwritten && name == "X" ? 0..<4 : 0..<extents[0]
      let width = extents.dropFirst().reduce(1, *)
      try dataset.write(Array(elements.prefix(rows.count * width)), rows: rows)
    }
    try add("X", [Self.tables, Self.rows, Self.features], inputs)
    try add("y", [Self.tables, targetRows], Array(targets.prefix(Self.tables * targetRows)))
    try add("num_features", [Self.tables], featureCounts)
    if let rowCounts { try add("num_datapoints", [Self.tables], rowCounts) }
    try add(splitName, [Self.tables], [Int32](repeating: 2, count: Self.tables))
    if let classCount { try add("max_num_classes", [1], [classCount]) }
    if let problem { try root.createText("problem_type", problem) }
    try POSIXFileSystem().replace(path, with: try file.image())
  }
}
