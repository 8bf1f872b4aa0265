import Evaluation
import Reporting

extension SweepResult {
  /// A row for each point.
  var table: TextTable {
    let hasSeen = points.contains { $0.measurement?.seenTasks != nil }
    let hasOther = points.contains { $0.measurement?.unseenTasksUnseenData != nil }
    var columns: [TextTable.Column] = axes.map { .init(Self.shortName($0), .words) }
    if hasSeen { columns += [.init("seen: first", Self.number), .init("last", Self.number)] }
    columns += [
      .init("unseen: first", Self.number), .init("last", Self.number), .init("improvement", .words),
    ]
    if hasOther { columns.append(.init("on other data", .words)) }
    columns.append(.init("regime", .words))
    var table = TextTable(columns: columns)
    for point in points {
      let measured = point.measurement
      let (seen, unseen) = (measured?.seenTasks, measured?.unseenTasks)
      var row: [TextTable.Cell] = point.values.map { .words($0) }
      if hasSeen { row += [Self.cell(seen?.first), Self.cell(seen?.last)] }
      row += [Self.cell(unseen?.first), Self.cell(unseen?.last), Self.cell(unseen)]
      if hasOther { row.append(Self.cell(measured?.unseenTasksUnseenData)) }
      row.append(.words(measured.map(\.verdict) ?? point.state.rawValue))
      table.append(row)
    }
    return table
  }

  /// A row for each group of points that differ in their seeds only; nil if there are no seeds.
  var groupTable: TextTable? {
    guard axes.contains("seed") else { return nil }
    let regimes = Regime.allCases.filter { regime in
      groups.contains { $0.regimes[regime.rawValue] != nil }
    }
    let names = axes.filter { $0 != "seed" }.map(Self.shortName) + regimes.map(\.phrase)
    var table = TextTable(columns: names.map { .init($0, .words) })
    for group in groups {
      let count = group.regimes.values.reduce(0, +)
      let shares: [TextTable.Cell] = regimes.map { regime in
        group.regimes[regime.rawValue].map { .words("\($0) of \(count)") } ?? .absent
      }
      table.append(group.values.map { .words($0) } + shares)
    }
    return table
  }

  private static let number = TextTable.Column.Content.numbers(digits: 3)

  static func shortName(_ axis: String) -> String {
    axis.split(separator: ".").last.map(String.init) ?? axis
  }

  private static func cell(_ estimate: Estimate?) -> TextTable.Cell {
    estimate.map { .number($0.value) } ?? .absent
  }

  private static func cell(_ improvement: SequenceImprovement?) -> TextTable.Cell {
    improvement.map { .words($0.improvement.text) } ?? .absent
  }
}
