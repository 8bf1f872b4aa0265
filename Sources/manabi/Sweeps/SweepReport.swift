import Evaluation
import Foundation
import MetaTraining
import Reporting
import Storage

// Dimension key
//   P  points      N  examples in an episode

/// What the points of a sweep became, as figures and tables for people and arrays for programs.
struct SweepReport {
  private let result: SweepResult
  private let sweep: Sweep
  private let panels: SweepPanels

  init(_ result: SweepResult, of sweep: Sweep, _ panels: SweepPanels) {
    self.result = result
    self.sweep = sweep
    self.panels = panels
  }

  var report: EvaluationReport {
    EvaluationReport(
      title: "What the points of \(name) became", summary: summary, keyFacts: keyFacts,
      sections: [tables, maps, dots], arrays: arrays,
      facts: [
        ReportFact("points", result.points.map(\.name).joined(separator: "\n")),
        ReportFact("regimes", Regime.allCases.map(\.rawValue).joined(separator: "\n")),
      ])
  }

  private var name: String {
    result.sweep.split(separator: "/").last.map(String.init) ?? result.sweep
  }

  private var measured: [SweepResult.Point] { result.points.filter { $0.measurement != nil } }

  private var summary: String {
    let counts = Regime.allCases.map { regime in
      (regime, measured.count { $0.measurement?.regime == regime })
    }
    let words = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0.phrase(of: $0.1))" }
    return "Of \(measured.count) models, " + words.joined(separator: ", ") + "."
  }

  private var keyFacts: [ReportPage.Fact] {
    let axes = sweep.axes.map { axis in
      ReportPage.Fact(axis.name, axis.values.map(\.name).joined(separator: ", "))
    }
    return axes + [
      .init("Points", "\(result.points.count), \(measured.count) of them finished"),
      .init("Tasks for each number", "\(result.episodes)"),
    ]
  }

  private var tables: ReportPage.Section {
    let criteria = measured.first?.measurement?.criteria ?? RegimeCriteria()
    var blocks: [ReportPage.Block] = [
      .table(
        result.table,
        caption:
          "With no context (first) and the longest (last); improvement is accuracy gained or "
          + "squared error lost from the first to the last, with 90 % intervals over tasks. "
          + criteria.explanation)
    ]
    if let groups = result.groupTable {
      blocks.append(
        .table(
          groups,
          caption: "How many seeds are in each regime: near a threshold seeds go one way or the "
            + "other, so that a mean would describe none of them."))
    }
    return ReportPage.Section("What each model became", blocks)
  }
}

// MARK: - Figures

extension SweepReport {
  private var maps: ReportPage.Section {
    let values = result.points.map { $0.measurement?.unseenTasks.improvement.value }
    let numbers = values.compactMap(\.self)
    let range = min(0, numbers.min() ?? 0)...max(1, numbers.max() ?? 1)
    var blocks = panels.panels.map { panel in
      ReportPage.Block.figure(
        map(
          panel.title.isEmpty ? "Improvement on unseen tasks" : panel.title,
          values: panel.points.map { values[$0] }, "improvement", range),
        caption: "From the first to the last example of episodes of unseen tasks"
          + (panel.title.isEmpty ? "." : "; \(panel.title)."))
    }
    if let shares {
      blocks.append(
        .figure(
          map("Share of seeds that learn to learn", values: shares, "share", 0...1),
          caption: "Over all seeds, and over all other axes that the map does not show."))
    }
    return ReportPage.Section("Improvement within episodes of unseen tasks", blocks)
  }

  private func map(
    _ title: String, values: [Double?], _ label: String, _ range: ClosedRange<Double>
  ) -> HeatMap {
    HeatMap(
      title: title, subtitle: name, rowLabel: panels.rows.shortName,
      columnLabel: panels.columns.shortName, valueLabel: label,
      rows: panels.rows.values.map(\.name), columns: panels.columns.values.map(\.name),
      values: values, scale: .sequential(range))
  }

  /// Over the panels; nil if there is one only.
  private var shares: [Double?]? {
    guard panels.panels.count > 1 else { return nil }
    return panels.panels[0].points.indices.map { place in
      let regimes = panels.panels.compactMap { panel in
        result.points[panel.points[place]].measurement?.regime
      }
      let learning = regimes.count { $0 == .learnsToLearn }
      return regimes.isEmpty ? nil : Double(learning) / Double(regimes.count)
    }
  }

  /// Every model as a point.
  private var dots: ReportPage.Section {
    let scale = ColumnScale(panels.columns.values.map(\.name))
    let rows = panels.rows.values.indices.map { row in
      let points = panels.columns.values.indices.flatMap { column in
        panels.panels.compactMap { panel -> ScatterChart.Point? in
          let point = panel.points[row * panels.columns.values.count + column]
          return result.points[point].measurement.map {
            ScatterChart.Point(x: scale.places[column], y: $0.unseenTasks.improvement.value)
          }
        }
      }
      let label = panels.rows.name.isEmpty ? "" : "\(panels.rows.shortName) "
      return ScatterChart.Panel(title: label + panels.rows.values[row].name, points: points)
    }
    let chart = ScatterChart(
      title: "Every model as a point", subtitle: "improvement within episodes of unseen tasks",
      horizontalLabel: scale.label(of: panels.columns.shortName), verticalLabel: "improvement",
      panels: rows)
    return ReportPage.Section(
      "One by one",
      [.figure(chart, caption: "Models that differ in their seed alone stand above one another.")])
  }
}

/// Where the columns of a map stand on an axis of numbers.
private struct ColumnScale {
  enum Kind {
    case numbers
    /// Of numbers that grow by factors.
    case logarithms
    /// Of names.
    case order
  }

  let kind: Kind
  let places: [Double]

  init(_ names: [String]) {
    let numbers = names.compactMap { Double($0) }.filter(\.isFinite)
    if numbers.count < names.count {
      (kind, places) = (.order, names.indices.map { Double($0 + 1) })
    } else if let least = numbers.min(), let greatest = numbers.max(), least > 0,
      greatest / least >= 16
    {
      (kind, places) = (.logarithms, numbers.map { log2($0) })
    } else {
      (kind, places) = (.numbers, numbers)
    }
  }

  func label(of axis: String) -> String {
    switch kind {
    case .numbers: axis
    case .logarithms: "logarithm of \(axis) to base 2"
    case .order: "\(axis), in their order"
    }
  }
}

// MARK: - Arrays

extension SweepReport {
  private var arrays: [ReportArray] {
    var arrays: [ReportArray] = []
    for cell in RegimeMeasurement.cells {
      arrays += estimates(
        "\(cell.name)_first", "the metric with no context, \(cell.words)"
      ) { $0[keyPath: cell.path]?.first }
      arrays += estimates(
        "\(cell.name)_last", "the metric with the longest context, \(cell.words)"
      ) { $0[keyPath: cell.path]?.last }
      arrays += estimates(
        "\(cell.name)_improvement", "gained within episodes, \(cell.words)"
      ) { $0[keyPath: cell.path]?.improvement }
    }
    arrays += estimates("random_data", "accuracy on random data that are shown again") {
      $0.randomData?.secondTime
    }
    let regimes = Regime.allCases
    arrays.append(
      array("regime", "the place of the regime in the fact `regimes`, from 0") { point in
        point.measurement.flatMap { regimes.firstIndex(of: $0.regime) }.map(Double.init)
      })
    arrays.append(
      array("parameter_count", "numbers that training changes") {
        $0.model.map { Double($0.parameters) }
      })
    arrays.append(
      array("accessible_state", "numbers of the context that the last prediction can read") {
        $0.model.map { Double($0.accessibleState) }
      })
    return arrays
  }

  private func array(
    _ name: String, _ meaning: String, _ value: (SweepResult.Point) -> Double?
  ) -> ReportArray {
    ReportArray(name, axes: axes, result.points.map { value($0) ?? .nan }, meaning: meaning)
  }

  /// A number of each point and the ends of its interval.
  private func estimates(
    _ name: String, _ meaning: String, _ value: (RegimeMeasurement) -> Estimate?
  ) -> [ReportArray] {
    [
      array(name, meaning) { $0.measurement.flatMap(value)?.value },
      array("\(name)_low", "lower end of the interval of: \(meaning)") {
        $0.measurement.flatMap(value)?.low
      },
      array("\(name)_high", "upper end of the interval of: \(meaning)") {
        $0.measurement.flatMap(value)?.high
      },
    ]
  }

  private var axes: [ReportAxis] {
    let names = sweep.axes.map { Self.word($0.shortName) }
    return zip(sweep.axes, names).map { axis, name in
      let isShared = names.count { $0 == name } > 1
      let words = axis.values.map(\.name)
      let counts = words.compactMap { Int($0) }
      let numbers = words.compactMap { Double($0) }.filter(\.isFinite)
      let coordinates: ReportAxis.Coordinates =
        counts.count == words.count
        ? .counts(counts) : numbers.count == words.count ? .numbers(numbers) : .labels(words)
      return ReportAxis(
        isShared ? Self.word(axis.name) : name, coordinates, meaning: axis.name)
    }
  }

  /// A name as reports can use it.
  private static func word(_ name: String) -> String {
    let word = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    return word.first?.isLetter == true ? word : "axis_\(word)"
  }
}
