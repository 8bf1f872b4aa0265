import Configuration
import Episodes
import Evaluation
import MetaTraining
import Reporting
import Storage
import TaskFamilies

/// What shifts do to a model, as a table, as a chart and as arrays.
struct ShiftReport {
  private let results: [ShiftMeasurement]
  private let model: TrainedModel

  /// - Parameter results: at least one.
  init(_ results: [ShiftMeasurement], model: TrainedModel) {
    self.results = results
    self.model = model
  }

  private var isAccuracy: Bool { results[0].metric == .accuracy }
  private var lengths: [Int] { ShiftSuite.lengths(of: model.experiment.layout.shape) }

  /// Of each shift a row for the model and one for each learner, at a few context lengths, with
  /// intervals.
  var table: TextTable {
    var table = TextTable(
      columns: [.init("shift", .words), .init("learner", .words)]
        + lengths.map { .init("after \($0)", .figures) })
    for result in results {
      for (index, row) in Self.rows(of: result).enumerated() {
        table.append(
          [.words(index == 0 ? result.shift : ""), .words(row.name)]
            + lengths.map { cell(of: row.curve, at: $0, in: result) })
      }
    }
    return table
  }

  private static func rows(of result: ShiftMeasurement) -> [(name: String, curve: ContextCurve)] {
    let model = ("model", result.model)
    guard result.optimalBefore != result.optimalAfter else {
      return [model, ("optimal: \(result.optimalAfterName)", result.optimalAfter)]
    }
    return [
      model, ("optimal before: \(result.optimalBeforeName)", result.optimalBefore),
      ("optimal after: \(result.optimalAfterName)", result.optimalAfter),
    ]
  }

  private func cell(
    of curve: ContextCurve, at length: Int, in result: ShiftMeasurement
  ) -> TextTable.Cell {
    guard let place = result.contextLengths.firstIndex(of: length) else { return .absent }
    // Learners that trust noise err by thousands, of which digits say nothing.
    let texts = [curve.mean, curve.low, curve.high].map { $0[place].fixed($0[place] < 100 ? 3 : 0) }
    return .words("\(texts[0]) (\(texts[1])–\(texts[2]))")
  }

  private var chart: LinePanels {
    let panels = results.map { result in
      LinePanels.Panel(
        title: result.shift,
        lines: [result.model, result.optimalBefore, result.optimalAfter].map { curve in
          .init(positions: result.contextLengths.map(Double.init), values: curve.mean)
        })
    }
    return LinePanels(
      title: "What shifts of its tasks do to the model",
      subtitle:
        "\(model.experiment.family.kind.rawValue), step \(model.step), \(results[0].episodes) tasks each",
      horizontalLabel: "examples in the context",
      verticalLabel: isAccuracy ? "accuracy" : "squared error, zero predictor = 1",
      verticalScale: isAccuracy ? .linear : .logarithmic(floor: 1e-3), ceiling: 10,
      names: ["model", "optimal before the shift", "optimal after it"], panels: panels)
  }
}

extension ShiftReport {
  /// The report: a figure and tables for people, arrays for programs.
  var report: EvaluationReport {
    EvaluationReport(
      title: "Where \(runName) breaks", summary: summary, keyFacts: keyFacts,
      sections: [
        .init(
          "Every shift",
          [
            .figure(chart, caption: caption),
            .table(
              table,
              caption:
                "By the number of examples in the context, with 90 % bootstrap intervals over tasks."
            ),
          ]),
        .init("What the shifts are", [.table(meanings, caption: "Where each was published.")]),
      ], arrays: arrays, facts: facts)
  }

  private var runName: String {
    model.directory.split(separator: "/").last.map(String.init) ?? model.directory
  }

  private var caption: String {
    isAccuracy
      ? "The optimal learners are the strongest known ones of the tasks before and after each shift."
      : "Errors are divided by the mean squared target of the shifted tasks; values below 0.001 or above 10 lie on the edges."
  }

  private var summary: String {
    let worst = results.dropFirst().sorted { $0.excess > $1.excess }.prefix(3).map { result in
      "\(result.shift) (\(result.lastOfModel.value.fixed(3)), optimal \(result.lastOfOptimal.value.fixed(3)))"
    }
    let here = results[0]
    return
      "With the longest context and no shift, the model's \(isAccuracy ? "accuracy" : "error") is "
      + "\(here.lastOfModel.value.fixed(3)), the optimal learner's \(here.lastOfOptimal.value.fixed(3)). "
      + "It is farthest from optimal under: \(worst.joined(separator: ", "))."
  }

  private var keyFacts: [ReportPage.Fact] {
    [
      .init("Tasks", model.experiment.family.kind.rawValue),
      .init("Steps trained", "\(model.step)"),
      .init("Shifts", "\(results.count - 1)"), .init("Tasks under each", "\(results[0].episodes)"),
    ]
  }

  private var meanings: TextTable {
    var table = TextTable(
      columns: [.init("shift", .words), .init("what changes", .words), .init("source", .words)])
    for result in results {
      table.append(
        [
          .words(result.shift), .words(result.meaning),
          result.source.isEmpty ? .absent : .words(result.source),
        ])
    }
    return table
  }

  private var facts: [ReportFact] {
    [
      ReportFact("checkpoint", model.path),
      ReportFact(
        "shifts", results.map { "- \($0.shift): \($0.meaning)" }.joined(separator: "\n")),
    ]
  }

  private var arrays: [ReportArray] {
    let all = Array(Set(results.flatMap(\.contextLengths))).sorted()
    let axes = [
      ReportAxis(
        "shift", .labels(results.map(\.shift)), meaning: "what was changed about the tasks"),
      ReportAxis(
        "context_length", .counts(all), unit: "examples",
        meaning: "examples in the context of a prediction"),
    ]
    let learners: [(String, String, (ShiftMeasurement) -> ContextCurve)] = [
      ("model", "of the model", \.model),
      ("optimal_before", "of the learner that is optimal without the shift", \.optimalBefore),
      ("optimal_after", "of the learner that is optimal with the shift", \.optimalAfter),
    ]
    let parts: [(String, String, (ContextCurve) -> [Double])] = [
      ("", "mean", \.mean), ("_low", "lower end of the interval", \.low),
      ("_high", "upper end of the interval", \.high),
    ]
    let metric = isAccuracy ? "accuracy" : "normalized squared error"
    return learners.flatMap { name, whose, curve in
      parts.map { ending, part, values in
        ReportArray(
          name + ending, axes: axes,
          results.flatMap { result in
            all.map { length in
              result.contextLengths.firstIndex(of: length).map { values(curve(result))[$0] } ?? .nan
            }
          }, meaning: "\(metric) \(whose), \(part); not a number where it was not measured")
      }
    }
  }
}
