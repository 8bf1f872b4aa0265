import MetaTraining

// Dimension key
//   R  rows of a panel      C  columns of a panel

/// The points of a sweep as matrices over two of its axes, one for each choice on the others: so
/// seeds stand side by side and are not averaged.
struct SweepPanels {
  struct Panel {
    /// What the points have on the other axes, empty if there are none.
    let title: String
    /// The numbers of the points, `[R, C]`.
    let points: [Int]
  }

  let rows: SweepAxis
  let columns: SweepAxis
  let panels: [Panel]

  /// - Parameters:
  ///   - rowName: the axis of rows; the second that varies, seeds last, if nil.
  ///   - columnName: that of columns; the first that varies, seeds last, if nil.
  /// - Throws: ``CommandError`` if the sweep has no axis of such a name.
  init(of sweep: Sweep, rows rowName: String?, columns columnName: String?) throws {
    let column = try columnName.map { try Self.axis($0, of: sweep) }
    let row = try rowName.map { try Self.axis($0, of: sweep) }
    guard row == nil || row != column else {
      throw CommandError.invalid("--rows and --columns: name two different axes")
    }
    // Those that vary and are no seeds come first.
    let order = sweep.axes.indices.sorted { Self.rank($0, sweep) < Self.rank($1, sweep) }
    let columnAxis = column ?? order.first { $0 != row } ?? 0
    let rowAxis = row ?? order.first { $0 != columnAxis }
    columns = sweep.axes[columnAxis]
    rows = rowAxis.map { sweep.axes[$0] } ?? SweepAxis("", [SweepAxis.Value("", [])])
    let others = sweep.axes.indices.filter { $0 != columnAxis && $0 != rowAxis }
    var panels: [(key: [Int], points: [Int])] = []
    for (index, point) in sweep.points.enumerated() {
      let key = others.map { point.places[$0] }
      let place =
        (rowAxis.map { point.places[$0] } ?? 0) * columns.values.count
        + point.places[columnAxis]
      let panel = panels.firstIndex { $0.key == key } ?? panels.count
      if panel == panels.count {
        panels.append((key, Array(repeating: 0, count: rows.values.count * columns.values.count)))
      }
      panels[panel].points[place] = index
    }
    self.panels = panels.map { key, points in
      let title = zip(others, key).map { axis, place in
        "\(sweep.axes[axis].shortName) \(sweep.axes[axis].values[place].name)"
      }
      return Panel(title: title.joined(separator: ", "), points: points)
    }
  }

  private static func rank(_ axis: Int, _ sweep: Sweep) -> Int {
    let isSingle = sweep.axes[axis].values.count == 1
    let isSeed = sweep.axes[axis].isSeed
    return (isSingle ? 2 : isSeed ? 1 : 0) * sweep.axes.count + axis
  }

  private static func axis(_ name: String, of sweep: Sweep) throws -> Int {
    guard let index = sweep.axes.firstIndex(where: { $0.name == name || $0.shortName == name })
    else {
      let names = sweep.axes.map(\.name).joined(separator: ", ")
      throw CommandError.invalid("the sweep has no axis `\(name)`; it has \(names)")
    }
    return index
  }
}

extension SweepAxis {
  /// Whether its points differ in nothing but chance.
  var isSeed: Bool { name == "seed" }
}
