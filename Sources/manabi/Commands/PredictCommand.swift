import ArgumentParser
import CPUEngine
import Episodes
import Evaluation
import Foundation
import MetaTraining
import RandomKeys
import Reporting
import Storage

struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Classifies the rows of a table from labelled rows, without any training.",
    discussion: """
      Both files are comma-separated with a header. Every column but the target has to be numeric. Features \
      are standardised on the context and carried to the model's input dimension by seeded random projections; \
      a few such views are averaged.

        manabi predict checkpoints/quickstart-classification --context train.csv --query test.csv --target species
      """)

  @Argument(help: "A run's directory (its latest checkpoint), or a checkpoint.")
  var checkpoint: String
  @Option(help: "The labelled rows, a CSV file.")
  var context: String
  @Option(help: "The rows to classify, a CSV file.")
  var query: String
  @Option(help: "The column of classes.")
  var target: String
  @Option(help: "Views of the table to average.")
  var members = 16
  @Option(help: "Names the random projections.")
  var seed = 0
  @Option(help: "Threads that compute; all cores if not given.")
  var workers: Int?
  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard (1...4096).contains(members) else {
      throw ValidationError("--members has to be from 1 to 4096.")
    }
    guard seed >= 0 else { throw ValidationError("--seed has to be at least 0.") }
  }

  func run() throws {
    let engine = try CPUEngine(workers: try Workers.count(workers))
    let model = try TrainedModel(checkpoint, engine: engine)
    let labelled = try Self.table(context).context(target: target)
    let asked = try Self.table(query).query(for: labelled)
    let report = try TabularReport(
      query: asked, context: labelled,
      predictor: try model.tabularPredictor(members: members, seed: seed))
    if json { return try Output.json(report) }
    try Output.text(Self.rows(report), terminator: "")
    if let accuracy = report.accuracy {
      try Output.text("\n" + Self.accuracies(report.order, accuracy), terminator: "")
    }
  }

  /// A table of a file.
  ///
  /// - Throws: `StorageError` if there is no such file; `TableError` if it is no table.
  static func table(_ path: String) throws -> TableReader {
    try TableReader(try POSIXFileSystem().read(path), source: path)
  }

  private static func rows(_ report: TabularReport) -> String {
    var table = TextTable(
      columns: [.init("line", .numbers(digits: 0)), .init("predicted", .words)]
        + report.classes.map { .init("P(\($0.escapingControls))", .numbers(digits: 3)) })
    for row in report.rows {
      table.append(
        [.number(Double(row.line)), .words(row.label.escapingControls)]
          + row.probabilities.map { .number($0) })
    }
    return table.rendered()
  }

  private static func accuracies(_ order: [String], _ accuracy: [String: Double]) -> String {
    var table = TextTable(columns: [
      .init("learner", .words), .init("accuracy", .numbers(digits: 3)),
    ])
    for name in order {
      table.append([.words(name), accuracy[name].map { .number($0) } ?? .absent])
    }
    return table.rendered()
  }
}

extension TrainedModel {
  /// The model as a classifier of tables.
  ///
  /// - Throws: ``CommandError`` if it was trained on real targets.
  func tabularPredictor(members: Int, seed: Int) throws -> TabularPredictor {
    let shape = experiment.layout.shape
    guard case .classes(let classCount) = shape.target else {
      throw CommandError.invalid(
        "\(path) does not predict the class of an input. Train a classification recipe, such as quickstart-classification."
      )
    }
    return TabularPredictor(
      learner: learner, inputDimension: shape.inputDimension, classCount: classCount,
      memberCount: members, key: RandomKey(seed: UInt64(seed)))
  }
}
