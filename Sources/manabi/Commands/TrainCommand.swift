import ArgumentParser
import ComputeGraph
import Foundation
import MetaTraining
import Storage

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Meta-trains a model.",
    discussion: """
      Keeps the experiment, its metrics and sealed checkpoints in RUNS/NAME. Ctrl-C, SIGTERM, SIGUSR1 or \
      SIGHUP finish the step (or the launch of steps on a device), save, and end with exit code 75; --resume then goes on where it stopped, to the \
      same bytes as if it had not. So does a run that was killed.

        manabi train quickstart-regression --name first
        manabi train my-experiment.yaml --set optimizer.learningRate=3e-4 --set model.layers=6
        manabi train quickstart-regression --name first --resume
        manabi train d256 --engine xla --name large
      """)

  @Argument(help: "A recipe (see `manabi recipe list`) or a YAML file.")
  var recipeOrFile: String
  @Option(help: "The name of the run; that of the recipe or file if not given.")
  var name: String?
  @Option(help: "The directory of all runs.")
  var runs = "checkpoints"
  @Flag(help: "Continue the run from its latest checkpoint; begin it if it is not there.")
  var resume = false
  @Option(
    help: """
      Keep this many of the newest checkpoints and the best, at least \(Retention.fewest); all if not \
      given.
      """)
  var keep: Int?
  @Option(help: "Steps of the whole run; short for --set steps=N.")
  var steps: Int?
  @OptionGroup var place: EngineOptions
  @Flag(
    help:
      "Train in float32, with a warning, where the processor does not multiply bfloat16 numbers.")
  var float32Fallback = false
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: "Change a setting of the experiment, such as optimizer.learningRate=3e-4.")
  var overrides: [String] = []

  func validate() throws {
    guard keep ?? Retention.fewest >= Retention.fewest else {
      throw ValidationError(
        "--keep has to be at least \(Retention.fewest): one is left when the newest is damaged.")
    }
  }

  func run() throws {
    let overrides = overrides + (steps.map { ["steps=\($0)"] } ?? [])
    var experiment = try Recipe.experiment(recipeOrFile, overrides: overrides)
    let engine = try place.make()
    if float32Fallback, !engine.supports(experiment.precision) {
      Output.note(
        "This processor does not multiply \(experiment.precision.rawValue) numbers: training in float32."
      )
      experiment.precision = .float32
    }
    let runner = TrainingRunner(
      experiment: experiment, path: "\(runs)/\(name ?? Self.runName(recipeOrFile))",
      engine: engine)
    switch try runner.train(resume: resume, retention: keep.map(Retention.init(newest:))) {
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
