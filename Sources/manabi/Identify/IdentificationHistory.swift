import Evaluation
import Reporting

/// What was found of several checkpoints of one run on the same tasks, step by step.
struct IdentificationHistory {
  let tasks: String
  /// Ascending.
  private let steps: [(step: Int, result: Identification)]
  private let run: String
  /// As many lines as there are colours.
  private static let lineCount = 7

  /// The histories of the runs, those of one checkpoint left out.
  static func all(_ models: [IdentifiedModel]) -> [IdentificationHistory] {
    let runs = Dictionary(grouping: models, by: \.directory)
    var histories: [IdentificationHistory] = []
    for directory in runs.keys.sorted() {
      guard let models = runs[directory], Set(models.map(\.step)).count > 1 else { continue }
      for result in models[0].tasks {
        histories.append(IdentificationHistory(models, on: result.tasks))
      }
    }
    return histories
  }

  private init(_ models: [IdentifiedModel], on tasks: String) {
    self.tasks = tasks
    run = models.first?.run ?? ""
    steps = models.sorted { $0.step < $1.step }.compactMap { model in
      model.tasks.first { $0.tasks == tasks }.map { (model.step, $0) }
    }
  }

  private var positions: [Double] { steps.map { Double($0.step) } }

  /// The weights of the blend that is nearest to the model.
  var weights: LineChart {
    LineChart(
      title: "When the model changes its algorithm", subtitle: "\(run), \(tasks)",
      horizontalLabel: "steps of training", verticalLabel: "weight in the nearest blend",
      series: leadingAlgorithms.enumerated().map { index, algorithm in
        let estimates = steps.map { weight(of: algorithm, in: $0.result) }
        return LineChart.Series(
          name: algorithm, positions: positions, values: estimates.map(\.value),
          band: .init(low: estimates.map(\.low), high: estimates.map(\.high)),
          isEmphasized: index == 0)
      })
  }

  /// What the nearest single learner and the nearest blend leave of the model's predictions.
  var unexplained: LineChart {
    LineChart(
      title: "What known learners leave of the model's predictions",
      subtitle: "\(run), \(tasks)", horizontalLabel: "steps of training",
      verticalLabel: "share of the model's mean square",
      series: [
        series("nearest learner") { $0.candidates[0].unexplained },
        series("nearest blend") { $0.blend.unexplained },
      ])
  }

  /// The weight of memorising against generalising, where training had a pool of tasks.
  var memorizing: LineChart? {
    guard steps.allSatisfy({ $0.result.odds != nil }) else { return nil }
    return LineChart(
      title: "From generalising to memorising, or back", subtitle: "\(run), \(tasks)",
      horizontalLabel: "steps of training", verticalLabel: "weight of memorising",
      series: [
        series("memorising") { $0.odds?.weight ?? Estimate(value: 0, low: 0, high: 0) },
        series("left by both") { $0.odds?.unexplained ?? Estimate(value: 0, low: 0, high: 0) },
      ])
  }

  private func series(
    _ name: String, _ estimate: (Identification) -> Estimate
  ) -> LineChart.Series {
    let estimates = steps.map { estimate($0.result) }
    return LineChart.Series(
      name: name, positions: positions, values: estimates.map(\.value),
      band: .init(low: estimates.map(\.low), high: estimates.map(\.high)))
  }

  /// The algorithms with the largest weights at any step.
  private var leadingAlgorithms: [String] {
    var largest: [String: Double] = [:]
    for step in steps {
      for member in step.result.blend.members {
        largest[member.algorithm, default: 0] = max(
          largest[member.algorithm] ?? 0, member.weight.value)
      }
    }
    return largest.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.lineCount)
      .map(\.key)
  }

  private func weight(of algorithm: String, in result: Identification) -> Estimate {
    result.blend.members.first { $0.algorithm == algorithm }?.weight
      ?? Estimate(value: 0, low: 0, high: 0)
  }
}
