import ArgumentParser
import CPUEngine
import Dispatch
import Evaluation
import Foundation
import MetaTraining
import RandomKeys
import Reporting
import Storage
import TaskFamilies

struct QuickstartCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quickstart",
    abstract:
      "Meta-trains two small models, evaluates them on unseen tasks and classifies a real table.",
    discussion:
      "Takes about two minutes on two cores. Runs that are there already are kept and only completed."
  )

  @Option(help: "The directory of all runs.")
  var runs = "checkpoints"
  @Option(help: "The table of Fisher's irises.")
  var iris = "datasets/iris.csv"
  @Option(help: "Threads that compute; all cores if not given.")
  var workers: Int?

  private static let episodes = 4096
  private static let seed = 1
  private static let contextRows = 30
  private static let splits = 20

  func run() throws {
    let began = DispatchTime.now().uptimeNanoseconds
    let engine = try CPUEngine(workers: try Workers.count(workers))
    let table = try PredictCommand.table(iris).context(target: "species")

    let regression = try train(.quickstartRegression, engine)
    try Output.text(
      "\nLinear regression in 5 dimensions: squared error on \(Self.episodes) unseen tasks, zero predictor = 1"
    )
    try report(regression.directory, at: [0, 1, 2, 3, 4, 5, 6, 8, 10], engine)

    let classification = try train(.quickstartClassification, engine)
    try Output.text(
      "\nFive classes in 16 dimensions, projected and relabelled: accuracy on \(Self.episodes) unseen tasks"
    )
    try report(classification.directory, at: [0, 1, 2, 4, 8, 12, 16, 20, 23], engine)

    try Output.text(
      "\nFisher's irises from \(Self.contextRows) labelled rows, averaged over \(Self.splits) random splits"
    )
    try Output.text(try irises(table, classification), terminator: "")

    let seconds = Double(DispatchTime.now().uptimeNanoseconds - began) * 1e-9
    try Output.text(
      """

      No weight changed while these tasks were solved: the two models learned each of them from the examples \
      in their context alone.
      Models, metrics and reports (evaluate.html): \(regression.directory) and \(classification.directory) \
      (\(Int(seconds.rounded())) s in all).
      """)
  }

  private func train(_ recipe: Recipe, _ engine: CPUEngine) throws -> TrainedModel {
    let path = "\(runs)/\(recipe.name)"
    Output.note("Meta-training \(recipe.name): \(recipe.summary)")
    let runner = TrainingRunner(experiment: recipe.experiment, path: path, engine: engine)
    if case .stopped(let step) = try runner.train(resume: true) {
      Output.note(
        "Stopped after step \(step) of \(recipe.name). Run `manabi quickstart` again to go on.")
      throw ExitCode(ExitStatus.stopped.rawValue)
    }
    return try TrainedModel(path, engine: engine)
  }

  /// Prints the table of a model's curves and writes the report of `manabi evaluate`, with the chart
  /// as a picture beside it.
  private func report(_ path: String, at lengths: [Int], _ engine: CPUEngine) throws {
    let list = try CheckpointList([path], engine: engine)
    let tasks = try CurveEvaluation.Tasks(
      drawnFrom: try list.family(seenTasks: false), count: Self.episodes, seed: Self.seed)
    let curves = CurveReport(
      try CurveEvaluation(list, beside: tasks.family.learners, on: tasks, seed: Self.seed))
    try POSIXFileSystem().replace(
      "\(path)/context-curves.svg", with: Array(curves.chart.svg().utf8))
    try curves.report([]).save(to: "\(path)/evaluate")
    try Output.text(curves.table(at: lengths).rendered(), terminator: "")
  }

  private func irises(_ table: LabeledTable, _ model: TrainedModel) throws -> String {
    let result = try SplitEvaluation(
      table: table, contextRows: Self.contextRows, splitCount: Self.splits,
      predictor: try model.tabularPredictor(members: 16, seed: 0),
      key: RandomKey(seed: UInt64(Self.seed)))
    var text = TextTable(
      columns: [
        .init("learner", .words), .init("accuracy", .numbers(digits: 3)),
        .init("standard error", .numbers(digits: 3)),
      ])
    for name in result.order {
      guard let accuracy = result.accuracy[name] else { continue }
      text.append([.words(name), .number(accuracy.mean), .number(accuracy.standardError)])
    }
    return text.rendered()
  }
}
