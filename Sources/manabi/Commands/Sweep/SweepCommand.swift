import ArgumentParser
import CPUEngine
import Configuration
import Evaluation
import Foundation
import MetaTraining
import Reporting
import Storage
import TaskFamilies

struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract:
      "Trains one model for each combination of some settings, and compares what they learned.",
    discussion: """
      A YAML file names a base, what all points have in common, and the values of any settings:

        base: quickstart-classification
        set: {steps: 1000}
        grid:
          optimizer.learningRate: [1e-3, 3e-3]
          size:
            - {name: small, set: {model.width: 32}}
            - {name: large, set: {model.width: 64, model.layers: 4}}
          seed: [0, 1, 2]

      Each point is a run of its own in RUNS/NAME, trained on one core by a process of its own. Run the same \
      command again to go on after Ctrl-C, a kill or a failure: what is finished is not trained again. A point \
      that fails does not stop the others.

        manabi sweep my-sweep.yaml --dry-run
        manabi sweep my-sweep.yaml --workers 2
        manabi sweep gpicl-phase-diagram --set steps=1000 --name quick-look
      """)

  @Argument(help: "A sweep that comes along (see `manabi recipe list`) or a YAML file.")
  var sweepOrFile: String
  @OptionGroup var place: SweepPlace
  @OptionGroup var evaluation: SweepEvaluation
  @Option(help: "How many points to train at a time, each on one core; all cores if not given.")
  var workers: Int?
  @Option(
    help: "Keep this many of the newest checkpoints of a point and the best; all if not given.")
  var keep: Int?
  @Flag(help: "List the points and what they cost, and train nothing.")
  var dryRun = false
  @Flag(help: "Train nothing: compare the points that are finished.")
  var reportOnly = false
  @Flag(help: "Add points to a sweep that was begun with fewer.")
  var extend = false
  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard keep ?? Retention.fewest >= Retention.fewest else {
      throw ValidationError("--keep has to be at least \(Retention.fewest).")
    }
    guard !dryRun || !reportOnly else {
      throw ValidationError("Only one of --dry-run and --report-only can be given.")
    }
  }

  func run() throws {
    let workers = try Workers.count(workers)
    let sweep = try SweepRecipe.sweep(sweepOrFile, overrides: place.overrides)
    let directory = SweepDirectory("\(place.runs)/\(place.name ?? Self.name(of: sweepOrFile))")
    // Before hours of training rather than after.
    _ = try evaluation.panels(of: sweep)
    if dryRun { return try SweepPlan(sweep, in: directory, workers: workers).print(json: json) }
    var outcomes: [String: SweepTrainer.Outcome] = [:]
    if !reportOnly {
      outcomes = try train(sweep, in: directory, workers)
      if outcomes.values.contains(.stopped) {
        let finished = try sweep.points.count { try directory.progress(of: $0) == .finished }
        Output.note(
          "Stopped: \(finished) of \(sweep.points.count) points are finished. Run the same command to go on."
        )
        throw ExitCode(ExitStatus.stopped.rawValue)
      }
    }
    let result = try evaluation.measure(
      sweep, in: directory, outcomes: outcomes, engine: try CPUEngine(workers: workers))
    guard result.points.contains(where: { $0.measurement != nil }) else {
      try Self.end(with: outcomes, of: sweep)
      throw TrainingError.noCheckpoint(run: directory.path)
    }
    try evaluation.show(result, of: sweep, json: json)
    try Self.end(with: outcomes, of: sweep)
  }

  /// The last part of a path, without its extension.
  private static func name(of sweepOrFile: String) -> String {
    URL(filePath: sweepOrFile).deletingPathExtension().lastPathComponent
  }

  /// Trains what is not finished.
  private func train(
    _ sweep: Sweep, in directory: SweepDirectory, _ workers: Int
  ) throws -> [String: SweepTrainer.Outcome] {
    let lock = try directory.lock()
    return try withExtendedLifetime(lock) {
      try directory.begin(sweep, isExtended: extend)
      let plan = try SweepPlan(sweep, in: directory, workers: workers)
      guard !plan.unfinished.isEmpty else { return [:] }
      Output.note(plan.summary)
      let view = SweepView(
        plan.unfinished, done: plan.done, totalCount: sweep.points.count, cost: plan.cost,
        workers: workers)
      defer { view.finish() }
      let trainer = SweepTrainer(directory: directory, workers: workers, keep: keep)
      return try trainer.train(plan.unfinished, view)
    }
  }

  /// Ends the program with the code of the first point that failed, if one did.
  private static func end(
    with outcomes: [String: SweepTrainer.Outcome], of sweep: Sweep
  ) throws {
    let failures = sweep.points.compactMap { point -> (name: String, status: Int32, why: String)? in
      guard case .failed(let status, let reason) = outcomes[point.name] else { return nil }
      return (point.name, status, reason)
    }
    guard let first = failures.first else { return }
    Output.note("\(failures.count) of \(sweep.points.count) points failed:")
    for failure in failures { Output.note("  \(failure.name): \(failure.why)") }
    throw ExitCode(first.status)
  }
}

/// Where a sweep is kept, and how it is changed on the command line.
struct SweepPlace: ParsableArguments {
  @Option(help: "The name of the sweep; that of the file if not given.")
  var name: String?
  @Option(help: "The directory of all runs.")
  var runs = "checkpoints"
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: "Change a setting of all points that is no axis, such as steps=1000.")
  var overrides: [String] = []
}
