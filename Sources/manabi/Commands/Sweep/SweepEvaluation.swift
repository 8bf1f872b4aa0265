import ArgumentParser
import CPUEngine
import Configuration
import Evaluation
import MetaTraining
import Reporting
import Storage
import TaskFamilies

/// How the points of a sweep are compared.
struct SweepEvaluation: ParsableArguments {
  @Option(help: "The axis of the heat maps' rows; the second that is no seed if not given.")
  var rows: String?
  @Option(help: "The axis of the heat maps' columns; the first that is no seed if not given.")
  var columns: String?
  @Option(help: "Tasks on data that training never showed: a family, a YAML file or a recipe.")
  var otherData: String?
  @Option(help: "How many tasks to draw for each number.")
  var episodes = 1024
  @Option(name: .customLong("evaluation-seed"), help: "Names the tasks and the resamples.")
  var seed = 1

  @OptionGroup var report: ReportOptions

  func validate() throws {
    guard episodes > 0 else { throw ValidationError("--episodes has to be at least 1.") }
    guard seed >= 0 else { throw ValidationError("--evaluation-seed has to be at least 0.") }
  }

  /// - Throws: ``CommandError`` if the sweep has no such axes.
  func panels(of sweep: Sweep) throws -> SweepPanels {
    try SweepPanels(of: sweep, rows: rows, columns: columns)
  }

  /// Measures the points that are finished.
  ///
  /// - Throws: as ``SweepResult/init(_:in:outcomes:otherData:episodes:seed:engine:report:)``.
  func measure(
    _ sweep: Sweep, in directory: SweepDirectory, outcomes: [String: SweepTrainer.Outcome],
    engine: CPUEngine
  ) throws -> SweepResult {
    let other = try otherData.map { try FamilyArgument.configuration($0, overrides: []) }
    let progress = ProgressLine(from: 0, to: sweep.points.count, unit: "point")
    defer { progress.finish() }
    return try SweepResult(
      sweep, in: directory, outcomes: outcomes, otherData: other, episodes: episodes, seed: seed,
      engine: engine, report: { progress.show($0, "measured") })
  }

  /// Prints what was found, and saves the report.
  ///
  /// - Throws: ``OutputError`` if it cannot be printed; `StorageError` if the directory takes no file.
  func show(_ result: SweepResult, of sweep: Sweep, json: Bool) throws {
    if json {
      try Output.json(result)
    } else {
      let groups = result.groupTable.map { "\n" + $0.rendered() } ?? ""
      try Output.text(result.table.rendered() + groups, terminator: "")
    }
    let found = SweepReport(result, of: sweep, try panels(of: sweep)).report
    try report.save(found, in: result.sweep, as: "sweep")
  }
}
