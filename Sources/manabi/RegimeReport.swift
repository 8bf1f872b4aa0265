import Evaluation
import Reporting
import Storage

// Dimension key
//   M  models      K  kinds of tasks      N  examples in an episode

/// What models gain within episodes, and what that says of them.
struct RegimeReport {
  /// A model that was measured.
  struct Entry: Encodable {
    let name: String
    let path: String
    let model: ModelFacts
    let measurement: RegimeMeasurement
  }

  private let entries: [Entry]

  /// - Parameter entries: at least one.
  init(_ entries: [Entry]) { self.entries = entries }

  /// For the terminal.
  var text: String {
    table.rendered() + "\n" + sizes.rendered() + "\n"
      + entries[0].measurement.criteria.explanation.wrapped(to: 100).joined(separator: "\n") + "\n"
  }

  /// A row for each model and kind of tasks.
  private var table: TextTable {
    var table = TextTable(
      columns: ["model", "tasks", "first", "last", "improvement"].map { .init($0, .words) })
    for entry in entries {
      for cell in RegimeMeasurement.cells {
        guard let found = entry.measurement[keyPath: cell.path] else { continue }
        table.append([
          .words(entry.name), .words(cell.words), .words(found.first.text),
          .words(found.last.text), .words(found.improvement.text),
        ])
      }
      if let probe = entry.measurement.randomData {
        table.append([
          .words(entry.name), .words("random data, shown twice"), .words(probe.firstTime.text),
          .words(probe.secondTime.text), .absent,
        ])
      }
    }
    return table
  }

  private var sizes: TextTable {
    var table = TextTable(
      columns: [
        .init("model", .words), .init("steps", .numbers(digits: 0)),
        .init("parameters", .numbers(digits: 0)), .init("accessible state", .numbers(digits: 0)),
        .init("regime", .words),
      ])
    for entry in entries {
      table.append([
        .words(entry.name), .number(Double(entry.model.step)),
        .number(Double(entry.model.parameters)), .number(Double(entry.model.accessibleState)),
        .words(entry.measurement.verdict),
      ])
    }
    return table
  }

  var report: EvaluationReport {
    let measured = entries[0].measurement
    let sections =
      [
        ReportPage.Section(
          "Verdicts", [.table(sizes, caption: measured.criteria.explanation)]),
        ReportPage.Section(
          "First and last example",
          [
            .table(
              table,
              caption: "With no context (first) and the longest (last), with 90 % intervals over "
                + "\(measured.episodes) tasks each; of random data, where an item is seen for the "
                + "first and for the second time.")
          ]),
      ]
      + entries.map { entry in
        ReportPage.Section(
          entry.name,
          [.figure(chart(entry), caption: "\(entry.name) \(entry.measurement.verdict).")])
      }
    let paths = entries.map { "- name: \($0.name)\n  path: \($0.path)\n  step: \($0.model.step)" }
    return EvaluationReport(
      title: "Memorising, identifying, learning to learn",
      summary: entries.prefix(3).map { "\($0.name) \($0.measurement.verdict)" }
        .joined(separator: "; ") + ".",
      keyFacts: [
        .init("Checkpoints", "\(entries.count)"),
        .init("Tasks for each number", "\(measured.episodes)"),
      ],
      sections: sections, arrays: arrays,
      facts: [ReportFact("checkpoints", paths.joined(separator: "\n"))])
  }

  private func chart(_ entry: Entry) -> LineChart {
    let isAccuracy = entry.measurement.unseenTasks.metric == .accuracy
    return LineChart(
      title: "What \(entry.name) gains within episodes", subtitle: entry.measurement.verdict,
      horizontalLabel: "examples in the context",
      verticalLabel: isAccuracy ? "accuracy" : "squared error, zero predictor = 1",
      series: RegimeMeasurement.cells.compactMap { cell in
        entry.measurement[keyPath: cell.path].map { found in
          LineChart.Series(
            name: cell.words, positions: found.curve.mean.indices.map(Double.init),
            values: found.curve.mean, band: .init(low: found.curve.low, high: found.curve.high),
            isEmphasized: cell.name == "unseen_tasks")
        }
      })
  }

  private var arrays: [ReportArray] {
    let models = ReportAxis("model", .labels(entries.map(\.name)), meaning: "who predicts")
    let kinds = ReportAxis(
      "tasks", .labels(RegimeMeasurement.cells.map(\.words)), meaning: "what is predicted")
    let parts: [(String, String, (SequenceImprovement) -> Estimate)] = [
      ("first", "the metric with no context", \.first),
      ("last", "the metric with the longest context", \.last),
      ("improvement", "gained within episodes", \.improvement),
    ]
    let ends: [(String, String, (Estimate) -> Double)] = [
      ("", "", \.value), ("_low", "lower end of the interval of: ", \.low),
      ("_high", "upper end of the interval of: ", \.high),
    ]
    let scores = parts.flatMap { name, meaning, part in
      ends.map { ending, prefix, end in
        ReportArray(
          name + ending, axes: [models, kinds],
          entries.flatMap { entry in
            RegimeMeasurement.cells.map {
              entry.measurement[keyPath: $0.path].map { end(part($0)) } ?? .nan
            }
          }, meaning: prefix + meaning)
      }
    }
    return scores + sizeArrays(models)
  }

  private func sizeArrays(_ models: ReportAxis) -> [ReportArray] {
    let numbers: [(String, String, (Entry) -> Double)] = [
      (
        "random_data_first_time", "accuracy on random data",
        { $0.measurement.randomData?.firstTime.value ?? .nan }
      ),
      (
        "random_data_second_time", "accuracy on random data that are shown again",
        { $0.measurement.randomData?.secondTime.value ?? .nan }
      ),
      ("parameter_count", "numbers that training changes", { Double($0.model.parameters) }),
      (
        "accessible_state", "numbers of the context that the last prediction can read",
        { Double($0.model.accessibleState) }
      ),
    ]
    return numbers.map { name, meaning, value in
      ReportArray(name, axes: [models], entries.map(value), meaning: meaning)
    }
  }
}
