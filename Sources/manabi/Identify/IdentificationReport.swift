import Evaluation
import Reporting
import Storage

/// What was found of models, as a page and a file of arrays.
struct IdentificationReport {
  private let models: [IdentifiedModel]

  init(_ models: [IdentifiedModel]) { self.models = models }

  var report: EvaluationReport {
    EvaluationReport(
      title: models.count == 1
        ? "Which algorithm \(models[0].run) became" : "Which algorithms models became",
      summary: models.count == 1
        ? models[0].tasks.map { "On \($0.tasks): \($0.verdict.sentence)" }.joined(separator: " ")
        : "\(models.count) checkpoints, each beside every known learner.",
      keyFacts: keyFacts, sections: sections, arrays: IdentificationArrays(models).all,
      facts: [ReportFact("verdicts", verdicts)])
  }

  private var keyFacts: [ReportPage.Fact] {
    guard let model = models.last, let result = model.tasks.last else { return [] }
    var facts: [ReportPage.Fact] = [
      .init("Nearest", result.candidates[0].words),
      .init("It leaves", IdentificationTables.percent(result.candidates[0].unexplained.value)),
      .init("Tasks", "\(result.episodes), \(result.tasks)"),
    ]
    if let cosine = result.candidates[0].sensitivity?.cosine.value {
      facts.append(.init("Sensitivity cosine", cosine.fixed(4)))
    }
    if let linearity = result.linearity?.explained.value {
      facts.append(.init("Linear in the query", IdentificationTables.percent(linearity)))
    }
    return facts
  }

  private var sections: [ReportPage.Section] {
    var sections: [ReportPage.Section] = []
    if models.count > 1 {
      sections.append(
        .init(
          "All checkpoints",
          [
            .table(
              IdentificationTables(models).summary,
              caption: "What the nearest learner leaves of the predictions of each checkpoint.")
          ]))
    }
    for history in IdentificationHistory.all(models) {
      sections.append(.init("Over training, \(history.tasks)", Self.blocks(of: history)))
    }
    if let model = models.last {
      for result in model.tasks {
        let subject = "\(model.run), step \(model.step), \(result.tasks)"
        sections.append(.init("Step \(model.step), \(result.tasks)", Self.blocks(result, subject)))
      }
    }
    return sections + [Self.explanation(models.first?.tasks.first?.verdict.rule ?? VerdictRule())]
  }

  private static func blocks(of history: IdentificationHistory) -> [ReportPage.Block] {
    var blocks: [ReportPage.Block] = [
      .figure(
        history.weights,
        caption: "Weights, not negative and with sum 1, with which known learners together come "
          + "nearest to the model. Learners that predict much the same share their weight; the "
          + "intervals show how far that is settled."),
      .figure(
        history.unexplained,
        caption: "What is left of the mean square of the model's own predictions."),
    ]
    if let memorizing = history.memorizing {
      blocks.append(
        .figure(
          memorizing,
          caption: "The weight of the learner that knows the tasks of training, against the "
            + "optimal learner of all tasks, in the blend of the two that is nearest."))
    }
    return blocks
  }

  private static func blocks(
    _ result: Identification, _ subject: String
  ) -> [ReportPage.Block] {
    let figures = IdentificationFigures(result: result, subject: subject)
    var blocks: [ReportPage.Block] = [.paragraph(result.verdict.sentence)]
    if let odds = result.odds {
      blocks.append(
        .paragraph(IdentificationTables.words(for: odds)))
    }
    blocks.append(
      .table(
        IdentificationTables.candidates(of: result),
        caption:
          "The nearest algorithms, each with the constants that come nearest. Squared prediction differences are divided by the mean "
          + "squared target; unexplained is their share of the model's own mean square; cosines and "
          + "weights compare gradients by the query and implicit linear weights; the last column is the "
          + "weight in the blend that is nearest to the model."))
    if let chart = figures.differences {
      blocks.append(
        .figure(
          chart, caption: "Of each algorithm the constants that come nearest, with intervals."))
    }
    blocks.append(
      .figure(
        figures.matrix,
        caption: "Each number is a power of ten: -4 means that two learners differ by a "
          + "ten-thousandth of the mean squared target. Learners far apart here can be told "
          + "apart on these tasks."))
    if let chart = figures.cosines {
      blocks.append(
        .figure(chart, caption: "1 where both learners turn the query into the same direction."))
    }
    return blocks
  }

  private static func explanation(_ rule: VerdictRule) -> ReportPage.Section {
    .init(
      "How a verdict is given",
      [
        .paragraph(
          "A learner, or a blend, that leaves at most "
            + "\(IdentificationTables.percent(rule.identified)) of the mean square of the model's "
            + "predictions is what the model became; one that leaves at most "
            + "\(IdentificationTables.percent(rule.near)) is near. Candidates whose shares differ by "
            + "at most \(IdentificationTables.percent(rule.indistinguishable)), or whose difference "
            + "has zero in its interval, cannot be told apart; of them the one with the fewest "
            + "constants fitted to the model counts. Constants were searched on other episodes.")
      ])
  }

  /// A line for each model and kind of tasks.
  private var verdicts: String {
    models.flatMap { model in
      model.tasks.map { "\(model.checkpoint), \($0.tasks): \($0.verdict.sentence)" }
    }.joined(separator: "\n")
  }
}
