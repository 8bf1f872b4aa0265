import Baselines
import Episodes
import Evaluation
import MetaTraining
import Reporting
import Storage
import TaskFamilies

extension CurveReport {
  /// The report of an evaluation: figures and tables for people, arrays for programs.
  ///
  /// - Parameter search: what was tried to find the learners, as facts.
  func report(_ search: [ReportFact]) -> EvaluationReport {
    let curves = evaluation.curves
    let percent = Int((100 * curves.confidence).rounded())
    let bands =
      "Bands are \(percent) % intervals from \(curves.resamples) resamples of the tasks."
    var sections = [
      ReportPage.Section(
        curves.metric == .accuracy ? "Accuracy by context" : "Error by context",
        [
          .figure(chart, caption: evaluation.spreads.isEmpty ? bands : "\(bands) \(spreadNote)"),
          .table(table, caption: meaning),
        ]),
      ReportPage.Section(
        "With the longest context",
        [
          .table(
            lastTable,
            caption: "After \(lastLength) \(examples), with \(percent) % intervals over tasks.")
        ]),
    ]
    if !evaluation.spreads.isEmpty {
      sections.append(
        .init(
          "Over seeds",
          [.table(spreadTable, caption: "After \(lastLength) \(examples). \(spreadNote)")]))
    }
    if let chart = likelihoodChart {
      sections.append(
        .init(
          "Log-probability of the true class",
          [.figure(chart, caption: "The continuous companion of accuracy, in nats. \(bands)")]))
    }
    return EvaluationReport(
      title: title, summary: summary, keyFacts: keyFacts, sections: sections,
      arrays: arrays, facts: facts + search)
  }

  private var lastLength: Int { evaluation.curves.contextLengths.last ?? 0 }

  private var spreadNote: String {
    "Of checkpoints that differ in their seed alone: the mean of their means, and how far they lie apart."
  }

  private var title: String {
    let entries = evaluation.checkpoints
    return entries.count == 1
      ? "What \(runName(entries[0])) learned from its context"
      : "What \(entries.count) checkpoints learned from their context"
  }

  private func runName(_ entry: CheckpointList.Entry) -> String {
    entry.directory.split(separator: "/").last.map(String.init) ?? entry.directory
  }

  private var meaning: String {
    evaluation.curves.metric == .accuracy
      ? "How often the class held most probable is the true one, by the number of \(examples) in the context."
      : "Squared error by the number of \(examples) in the context, divided so that predicting zero scores 1."
  }

  private var summary: String {
    let curves = evaluation.curves
    let metric = curves.metric == .accuracy ? "accuracy" : "squared error"
    let entries = evaluation.checkpoints.prefix(3).compactMap { entry in
      curves.learners[entry.name]?.mean.last.map { "\(entry.name) \($0.fixed(3))" }
    }
    let more =
      evaluation.checkpoints.count > 3
      ? ", and \(evaluation.checkpoints.count - 3) more in the table" : ""
    let oracle = evaluation.tasks.family.oracle.name
    let best = curves.learners[oracle]?.mean.last.map {
      " The strongest known learner of these tasks, \(oracle), reaches \($0.fixed(3))."
    }
    return
      "The \(metric) after \(lastLength) \(examples) on \(curves.episodes) tasks: "
      + entries.joined(separator: ", ") + more + "." + (best ?? "")
  }

  private var keyFacts: [ReportPage.Fact] {
    let steps = evaluation.checkpoints.map(\.step)
    let range =
      steps.min() == steps.max() ? "\(steps[0])" : "\(steps.min() ?? 0) to \(steps.max() ?? 0)"
    return [
      .init("Tasks", evaluation.tasks.name), .init("How many", "\(evaluation.curves.episodes)"),
      .init("Checkpoints", "\(evaluation.checkpoints.count)"), .init("Steps trained", range),
      .init("Longest context", "\(lastLength) \(examples)"),
    ]
  }

  private var likelihoodChart: LineChart? {
    guard let likelihood = evaluation.curves.logProbability else { return nil }
    let models = Set(evaluation.checkpoints.map(\.name))
    return LineChart(
      title: "How much probability the true class is given",
      subtitle: "\(evaluation.tasks.name), \(evaluation.curves.episodes) tasks",
      horizontalLabel: "\(examples) in the context", verticalLabel: "log-probability in nats",
      series: evaluation.curves.order.compactMap { name in
        likelihood[name].map { curve in
          LineChart.Series(
            name: name, positions: evaluation.curves.contextLengths.map(Double.init),
            values: curve.mean, band: .init(low: curve.low, high: curve.high),
            isEmphasized: models.contains(name) && models.count < 4)
        }
      })
  }

  private var facts: [ReportFact] {
    let lines = evaluation.checkpoints.map { entry in
      "- name: \(entry.name)\n  path: \(entry.path)\n  step: \(entry.step)\n  seed: \(entry.experiment.seed)"
    }
    return [
      ReportFact("checkpoints", lines.joined(separator: "\n")),
      ReportFact("family", evaluation.tasks.yaml),
    ]
  }

  /// Of learners by context length, and of groups of seeds.
  private var arrays: [ReportArray] {
    let curves = evaluation.curves
    let lengths = ReportAxis(
      "context_length", .counts(curves.contextLengths), unit: examples,
      meaning: "what stands in the context before a prediction")
    let learners = ReportAxis("learner", .labels(curves.order), meaning: "who predicts")
    let isAccuracy = curves.metric == .accuracy
    let name = isAccuracy ? "accuracy" : "normalized_squared_error"
    let meaning =
      isAccuracy ? "share of predictions that are right" : "squared error, zero predictor = 1"
    func arrays(_ name: String, _ meaning: String, unit: String, _ all: [String: ContextCurve])
      -> [ReportArray]
    {
      let parts: [(String, String, (ContextCurve) -> [Double])] = [
        ("", "mean \(meaning)", \.mean), ("_low", "lower end of its interval", \.low),
        ("_high", "upper end of its interval", \.high),
      ]
      return parts.map { ending, meaning, part in
        ReportArray(
          name + ending, axes: [learners, lengths],
          curves.order.flatMap { all[$0].map(part) ?? [] }, unit: unit, meaning: meaning)
      }
    }
    let spreads = spreadArrays(name, lengths)
    let likelihood = curves.logProbability.map {
      arrays("log_probability", "logarithm of the true class's probability", unit: "nat", $0)
    }
    return arrays(name, meaning, unit: "1", curves.learners) + spreads + (likelihood ?? [])
  }

  private func spreadArrays(_ name: String, _ lengths: ReportAxis) -> [ReportArray] {
    let spreads = evaluation.spreads
    guard !spreads.isEmpty else { return [] }
    let groups = ReportAxis(
      "seed_group", .labels(spreads.map(\.name)),
      meaning: "checkpoints that differ in their seed alone")
    let parts: [(String, String, (CurveSpread) -> [Double])] = [
      ("mean", "mean over seeds", \.mean),
      ("standard_deviation", "standard deviation of one seed", \.standardDeviation),
      ("least", "least of all seeds", \.least), ("greatest", "greatest of all seeds", \.greatest),
    ]
    return parts.map { ending, meaning, part in
      ReportArray(
        "\(name)_over_seeds_\(ending)", axes: [groups, lengths], spreads.flatMap(part),
        meaning: meaning)
    }
  }
}
