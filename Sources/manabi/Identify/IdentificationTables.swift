import Evaluation
import Foundation
import Reporting

/// What was found of models, as tables and sentences.
struct IdentificationTables {
  private let models: [IdentifiedModel]
  /// How many candidates a table shows.
  private static let rowCount = 12
  private static let lineWidth = 120

  init(_ models: [IdentifiedModel]) { self.models = models }

  /// Tables and verdict of one model, or a row for each of several.
  var text: String {
    guard models.count == 1, let model = models.first else {
      return summary.rendered(width: Self.lineWidth)
    }
    return model.tasks.map { Self.text(of: $0) }.joined(separator: "\n")
  }

  private static func text(of result: Identification) -> String {
    let table = candidates(of: result).rendered(width: lineWidth)
    let verdict = "Verdict on \(result.tasks): \(result.verdict.sentence)"
    return table + "\n" + verdict.wrapped(to: lineWidth).joined(separator: "\n") + "\n"
  }

  /// The nearest candidates of one model.
  static func candidates(of result: Identification) -> TextTable {
    let isReal = result.candidates.contains { $0.predictionDifference != nil }
    var table = TextTable(
      columns: [
        .init("on \(result.tasks)", .words), .init("difference", .words),
        .init("90 % interval", .words), .init("unexplained", .words),
      ]
        + (isReal
          ? [.init("cosine", .numbers(digits: 3)), .init("weights", .words)]
          : [.init("same class", .numbers(digits: 3))])
        + [.init("in the blend", .numbers(digits: 2))])
    let weights = Dictionary(
      uniqueKeysWithValues: result.blend.members.map { ($0.algorithm, $0.weight.value) })
    for candidate in result.candidates.prefix(rowCount) {
      let difference = candidate.meanDifference
      var row: [TextTable.Cell] = [
        .words(name(of: candidate)), .words(brief(difference.value)),
        .words("\(brief(difference.low)) to \(brief(difference.high))"),
        .words(percent(candidate.unexplained.value)),
      ]
      row +=
        isReal
        ? [
          candidate.sensitivity.map { .number($0.cosine.value) } ?? .absent,
          candidate.weightDifference.map { .words(brief($0.mean.value)) } ?? .absent,
        ] : [candidate.agreement.map { .number($0.value) } ?? .absent]
      let isBlended = candidate.origin != .fittedToModel
      row.append(
        isBlended ? weights[candidate.algorithm].map { .number($0) } ?? .absent : .absent)
      table.append(row)
    }
    return table
  }

  /// A row for each model and kind of tasks.
  var summary: TextTable {
    var table = TextTable(
      columns: [
        .init("model", .words), .init("on", .words),
        .init("unexplained", .words), .init("memorising", .numbers(digits: 2)),
        .init("verdict", .words),
      ])
    for model in models {
      for result in model.tasks {
        table.append([
          .words(model.name), .words(result.tasks),
          .words(Self.percent(result.verdict.unexplained.value)),
          result.odds.map { .number($0.weight.value) } ?? .absent,
          .words(result.verdict.sentence),
        ])
      }
    }
    return table
  }

  /// A candidate with where its constants come from.
  static func name(of candidate: CandidateComparison) -> String {
    let words = candidate.words
    switch (candidate.origin, candidate.role) {
    case (.fittedToModel, _): return words + ", fitted to the model"
    case (.bestForTasks, _): return words + ", best for the tasks"
    case (.stated, .memorizing?), (.stated, nil): return words
    case (.stated, .generalizing?): return words + ", optimal"
    }
  }

  /// Three significant digits.
  static func brief(_ number: Double) -> String {
    number == 0 ? "0" : number < 1e-12 ? "< 1e-12" : String(format: "%.3g", number)
  }

  static func percent(_ share: Double) -> String {
    share < 1e-4 ? "< 0.01 %" : "\((100 * share).fixed(share < 0.1 ? 2 : 1)) %"
  }
}
