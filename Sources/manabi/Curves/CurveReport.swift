import Evaluation
import Foundation
import MetaTraining
import Reporting
import Storage
import TaskFamilies

/// Context curves as a table and as a chart.
struct CurveReport {
  private let curves: ContextCurves
  private let model: TrainedModel

  init(_ curves: ContextCurves, model: TrainedModel) {
    self.curves = curves
    self.model = model
  }

  /// Where the chart goes: beside the checkpoint.
  var path: String { "\(model.directory)/context-curves.svg" }

  /// A row for each context length, a column for each learner.
  var table: String { table(at: curves.contextLengths) }

  /// A row for each of some context lengths.
  func table(at lengths: [Int]) -> String {
    let title = curves.metric == .accuracy ? "accuracy after" : "error after"
    var table = TextTable(
      columns: [.init(title, .numbers(digits: 0))]
        + curves.order.map { .init($0, .numbers(digits: 3)) })
    for length in lengths where curves.contextLengths.indices.contains(length) {
      table.append(
        [.number(Double(length))]
          + curves.order.map { name in
            curves.learners[name].map { .number($0.mean[length]) } ?? .absent
          })
    }
    return table.rendered()
  }

  /// Writes the chart.
  ///
  /// - Throws: `StorageError` if the directory takes no file.
  func save() throws {
    try POSIXFileSystem().replace(path, with: Array(chart.svg().utf8))
  }

  private var chart: LineChart {
    let isAccuracy = curves.metric == .accuracy
    return LineChart(
      title: "What the model learns from its context",
      subtitle:
        "\(model.experiment.family.kind.rawValue), step \(model.step), \(curves.episodes) unseen tasks",
      horizontalLabel: "examples in the context",
      verticalLabel: isAccuracy ? "accuracy" : "squared error, zero predictor = 1",
      verticalScale: isAccuracy ? .linear : .logarithmic(floor: 1e-3),
      series: curves.order.compactMap { name in
        curves.learners[name].map { curve in
          LineChart.Series(
            name: name, positions: curves.contextLengths.map(Double.init), values: curve.mean,
            band: .init(low: curve.low, high: curve.high), isEmphasized: name == model.learner.name)
        }
      })
  }
}
