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
    var paragraphs = ["Verdict on \(result.tasks): \(result.verdict.sentence)"]
    if let odds = result.odds { paragraphs.insert(words(for: odds), at: 0) }
    let lines = paragraphs.flatMap { $0.wrapped(to: lineWidth) }
    return candidates(of: result).rendered() + "\n" + lines.joined(separator: "\n") + "\n"
  }

  /// How memorising is weighed against generalising.
  static func words(for odds: PosteriorOdds) -> String {
    let weight = odds.weight
    return "Memorising against generalising: weight \(weight.value.fixed(3)) "
      + "(\(weight.low.fixed(3)) to \(weight.high.fixed(3))), "
      + "log-odds \(odds.logOdds.value.fixed(2)); "
      + "the two leave \(percent(odds.unexplained.value)) unexplained."
  }

  /// Of each algorithm the nearest candidate, the nearest algorithms first, and the optimal learners of
  /// the tasks of training.
  static func candidates(of result: Identification) -> TextTable {
    let isReal = result.candidates.contains { $0.predictionDifference != nil }
    let confidence = (100 * result.confidence).fixed(0)
    var table = TextTable(
      columns: [
        .init("on \(result.tasks)", .words), .init("constants", .words),
        .init("difference", .words), .init("\(confidence) % interval", .words),
        .init("unexplained", .words),
      ]
        + (isReal
          ? [.init("cosine", .numbers(digits: 3)), .init("weights", .words)]
          : [.init("same class", .numbers(digits: 3))])
        + [.init("blend", .numbers(digits: 2))])
    var weights = Dictionary(
      uniqueKeysWithValues: result.blend.members.map { ($0.algorithm, $0.weight.value) })
    let nearest = Set(result.nearestOfEachAlgorithm.prefix(rowCount).map(\.name))
    for candidate in result.candidates
    where nearest.contains(candidate.name) || candidate.role != nil {
      let difference = candidate.meanDifference
      var row: [TextTable.Cell] = [
        .words(candidate.name), .words(constants(of: candidate)),
        .words(brief(difference.value)),
        .words("\(brief(difference.low)) to \(brief(difference.high))"),
        .words(percent(candidate.unexplained.value)),
      ]
      row +=
        isReal
        ? [
          candidate.sensitivity.map { .number($0.cosine.value) } ?? .absent,
          candidate.weightDifference.map { .words(brief($0.mean.value)) } ?? .absent,
        ] : [candidate.agreement.map { .number($0.value) } ?? .absent]
      // Of an algorithm as a whole, beside the first of its candidates.
      row.append(weights.removeValue(forKey: candidate.algorithm).map { .number($0) } ?? .absent)
      table.append(row)
    }
    return table
  }

  private static func constants(of candidate: CandidateComparison) -> String {
    var words: [String] = []
    if let role = candidate.role { words.append(role.rawValue) }
    // The learning rate before gamma.
    for (name, value) in candidate.constants.sorted(by: { $0.key > $1.key }) {
      words.append("\(name) \(brief(value))")
    }
    return words.isEmpty ? "-" : words.joined(separator: ", ")
  }

  /// A row for each model and kind of tasks.
  var summary: TextTable {
    var table = TextTable(
      columns: [
        .init("model", .words), .init("on", .words), .init("verdict", .words),
        .init("nearest", .words), .init("unexplained", .words), .init("blend leaves", .words),
        .init("memorising", .numbers(digits: 2)),
      ])
    for model in models {
      for result in model.tasks {
        table.append([
          .words(model.name), .words(result.tasks), .words(result.verdict.kind.rawValue),
          .words(result.verdict.words), .words(Self.percent(result.verdict.unexplained.value)),
          .words(Self.percent(result.blend.unexplained.value)),
          result.odds.map { .number($0.weight.value) } ?? .absent,
        ])
      }
    }
    return table
  }

  /// Three significant digits.
  static func brief(_ number: Double) -> String {
    number == 0 ? "0" : number < 1e-12 ? "< 1e-12" : String(format: "%.3g", number)
  }

  static func percent(_ share: Double) -> String {
    share < 1e-4 ? "< 0.01 %" : "\((100 * share).fixed(share < 0.1 ? 2 : 1)) %"
  }
}
