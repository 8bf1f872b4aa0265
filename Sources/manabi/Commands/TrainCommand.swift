import ArgumentParser
import CPUEngine
import ComputeGraph
import Foundation
import MetaTraining
import Storage

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Meta-trains a model.",
    discussion: """
      Keeps the experiment, its metrics and sealed checkpoints in RUNS/NAME. Ctrl-C or SIGTERM finishes the \
      step, saves, and ends with exit code 75; --resume then goes on where it stopped, to the same bytes as \
      if it had not.

        manabi train quickstart-regression --name first
        manabi train my-experiment.yaml --set optimizer.learningRate=3e-4 --set model.layers=6
        manabi train quickstart-regression --name first --resume
      """)

  @Argument(help: "A recipe (see `manabi recipe list`) or a YAML file.")
  var recipeOrFile: String
  @Option(help: "The name of the run; that of the recipe or file if not given.")
  var name: String?
  @Option(help: "The directory of all runs.")
  var runs = "checkpoints"
  @Flag(help: "Continue from the latest checkpoint.")
  var resume = false
  @Option(help: "Steps of the whole run; short for --set steps=N.")
  var steps: Int?
  @Option(help: "Threads that compute; all cores if not given. The result does not depend on it.")
  var workers: Int?
  @Flag(
    help:
      "Train in float32, with a warning, where the processor does not multiply bfloat16 numbers.")
  var float32Fallback = false
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: "Change a setting of the experiment, such as optimizer.learningRate=3e-4.")
  var overrides: [String] = []

  func run() throws {
    let overrides = overrides + (steps.map { ["steps=\($0)"] } ?? [])
    var experiment = try Recipe.experiment(recipeOrFile, overrides: overrides)
    let engine = try CPUEngine(workers: try Workers.count(workers))
    if float32Fallback, !engine.supports(experiment.precision) {
      Output.note(
        "This processor does not multiply \(experiment.precision.rawValue) numbers: training in float32."
      )
      experiment.precision = .float32
    }
    let runner = TrainingRunner(
      experiment: experiment, path: "\(runs)/\(name ?? Self.runName(recipeOrFile))",
      engine: engine)
    StopSignal.listen()
    switch try runner.train(resume: resume) {
    case .finished: Output.note("Finished. Evaluate it with: manabi evaluate \(runner.path)")
    case .stopped(let step):
      Output.note("Stopped after step \(step) with a checkpoint. Add --resume to go on.")
      throw ExitCode(ExitStatus.stopped.rawValue)
    }
  }

  /// The last part of a path, without its extension.
  private static func runName(_ recipeOrFile: String) -> String {
    URL(filePath: recipeOrFile).deletingPathExtension().lastPathComponent
  }
}

/// Trains with progress on standard error.
struct TrainingRunner {
  let experiment: Experiment
  /// The directory of the run.
  let path: String
  let engine: CPUEngine

  func train(resume: Bool) throws -> TrainingRun.Outcome {
    let run = try TrainingRun(
      experiment, in: RunDirectory(path), engine: engine, software: SoftwareVersion.text)
    var progress: ProgressLine?
    var score = ""
    let outcome = try run.train(resume: resume, shouldStop: { StopSignal.isRequested }) { event in
      switch event {
      case .step(let done, let result):
        let line = progress ?? ProgressLine(from: done - 1, to: experiment.steps)
        progress = line
        line.show(done, "loss \(Self.format(result.loss))\(score)")
      case .scored(_, let held):
        score = "  held-out \(held.metric) \(Self.format(Float(held.last)))"
      case .skipped(let error): Output.note("Passing over a checkpoint: \(error)")
      case .saved: break
      }
    }
    progress?.finish()
    return outcome
  }

  private static func format(_ number: Float) -> String { String(format: "%.4f", number) }
}
