import Evaluation
import Reporting
import Reproductions

/// What trained models became, how near to optimal they are and where they break.
struct PortraitTable {
  private let portraits: [ModelPortrait]

  init(_ portraits: [ModelPortrait]) { self.portraits = portraits }

  /// A row for each model.
  var table: TextTable {
    var table = TextTable(columns: [
      .init("model", .words), .init("nearest known learner", .words), .init("leaves", .figures),
      .init("last example", .figures), .init("optimal", .figures),
      .init("farthest from optimal under", .words), .init("there", .figures),
      .init("optimal there", .figures),
    ])
    for portrait in portraits {
      let weakness = portrait.weaknesses.first
      table.append([
        .words(portrait.run), .words(portrait.verdict.words),
        .words(IdentificationTables.percent(portrait.verdict.unexplained.value)),
        .words(portrait.score.model.value.brief), .words(portrait.score.optimal.value.brief),
        weakness.map { .words($0.shift) } ?? .absent,
        weakness.map { .words($0.score.model.value.brief) } ?? .absent,
        weakness.map { .words($0.score.optimal.value.brief) } ?? .absent,
      ])
    }
    return table
  }

  /// The table and what is said of each model; nothing if there are none.
  var blocks: [ReportPage.Block] {
    guard let first = portraits.first else { return [] }
    let score =
      first.metric == .accuracy ? "accuracies" : "squared errors, where predicting zero scores 1"
    return [
      .table(
        table,
        caption:
          "On unseen tasks. The nearest known learner leaves so much of the mean square of the "
          + "model's predictions unexplained. Scores are \(score), with the longest context; beside "
          + "them stands the learner that is optimal for the tasks, or the strongest known one.")
    ] + portraits.map { .paragraph(Self.sentences(about: $0)) }
  }

  private static func sentences(about portrait: ModelPortrait) -> String {
    let weaknesses = portrait.weaknesses.map {
      "\($0.shift) (\($0.score.model.value.brief), optimal \($0.score.optimal.value.brief))"
    }
    let breaks =
      weaknesses.isEmpty
      ? " No published shift fits its tasks."
      : " It is farthest from optimal under \(weaknesses.joined(separator: ", "))."
    return "\(portrait.run): \(portrait.verdict.sentence) At the last example it scores "
      + "\(portrait.score.model.value.brief), \(portrait.optimalName) "
      + "\(portrait.score.optimal.value.brief)." + breaks
  }
}
