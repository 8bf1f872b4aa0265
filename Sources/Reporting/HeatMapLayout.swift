/// Where the parts of a heat map stand, in pixels from the upper left corner.
struct HeatMapLayout {
  let width: Double = 760
  let height: Double
  let left: Double
  let top: Double
  let cellWidth: Double
  let cellHeight: Double
  /// Between cells.
  let gap: Double
  /// Whether numbers have room in their cells.
  let showsValues: Bool
  /// Whether the names of columns are too long to lie.
  let isSlanted: Bool
  /// The rows whose names are written.
  let namedRows: [Int]
  let namedColumns: [Int]
  let right: Double
  let bottom: Double
  let columnLabelHeight: Double
  let keyTop: Double

  // System fonts set 13-pixel text at 7 pixels a letter on average.
  private static let letter = 7.2
  /// The most letters of a name that are written.
  private static let longestName = 32

  init(_ map: HeatMap) {
    func longest(_ names: [String]) -> Double {
      Self.letter * Double(min(Self.longestName, names.map(\.count).max() ?? 0))
    }
    let texts = map.values.compactMap { $0?.fixed(map.digits) }
    let textWidth = Self.letter * Double(texts.map(\.count).max() ?? 1) + 10
    left = max(64, longest(map.rows) + 32)
    top = map.subtitle.isEmpty ? 78 : 98
    let room = width - left - 24
    // Cells of few columns are not drawn out over the whole width.
    cellWidth = min(room / Double(map.columns.count), max(72, textWidth))
    showsValues = cellWidth >= textWidth && map.rows.count <= 40
    cellHeight = showsValues ? 28 : min(28, max(4, min(cellWidth, 420 / Double(map.rows.count))))
    gap = min(cellWidth, cellHeight) >= 12 ? 2 : 0
    right = left + cellWidth * Double(map.columns.count)
    bottom = top + cellHeight * Double(map.rows.count)

    let lying = longest(map.columns) + 8
    // Numbers in order may be left out; names may not.
    let areNumbers = map.columns.allSatisfy { Double($0) != nil }
    isSlanted = lying > cellWidth && !areNumbers
    let columnPitch = isSlanted ? 16 : lying
    namedColumns = Self.named(map.columns.count, spacing: cellWidth, least: columnPitch)
    namedRows = Self.named(map.rows.count, spacing: cellHeight, least: 15)
    // The sine of forty degrees.
    let depth = isSlanted ? 0.65 * longest(map.columns) + 26 : 24
    columnLabelHeight = bottom + depth + 16
    keyTop = columnLabelHeight + 18
    height = keyTop + 46
  }

  /// Every name, or every second, fifth, tenth … if there is no room for all.
  private static func named(_ count: Int, spacing: Double, least: Double) -> [Int] {
    let steps = [1, 2, 5, 10, 20, 50, 100, 200, 500]
    let step = steps.first { Double($0) * spacing >= least } ?? count
    return Array(stride(from: 0, to: count, by: step))
  }

  func x(_ column: Int) -> Double { left + Double(column) * cellWidth }

  func y(_ row: Int) -> Double { top + Double(row) * cellHeight }

  func middle(ofColumn column: Int) -> Double { x(column) + (cellWidth - gap) / 2 }

  func middle(ofRow row: Int) -> Double { y(row) + (cellHeight - gap) / 2 }

  func shortened(_ name: String) -> String {
    name.count > Self.longestName ? "\(name.prefix(Self.longestName - 1))…" : name
  }
}
