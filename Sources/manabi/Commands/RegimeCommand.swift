import ArgumentParser
import CPUEngine
import Evaluation
import MetaTraining
import Reporting
import Storage
import TaskFamilies

struct RegimeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "regime",
    abstract: "Says whether models memorise, identify their tasks or learn to learn.",
    discussion: """
      Compares the score at the first example of an episode with that at the last, on tasks of the pool that \
      training drew from and on tasks that it never saw, with the data of training and with others, such as other \
      prototypes. Random inputs with random labels, shown twice, tell learning from knowing. Beside it: how many \
      parameters a model has, and how many numbers of the context its prediction can read.

        manabi regime checkpoints/gpicl-pool
        manabi regime checkpoints/a checkpoints/b --other-data datasets/fashion-mnist.yaml
        manabi regime checkpoints/gpicl-pool --steps all
      """)

  @OptionGroup var checkpoints: CheckpointArguments
  @Option(help: "Tasks on data that training never showed: a family, a YAML file or a recipe.")
  var otherData: String?
  @Option(help: "How many tasks to draw for each number.")
  var episodes = 1024
  @OptionGroup var measurement: MeasurementOptions
  @OptionGroup var answer: AnswerOptions

  func validate() throws {
    guard episodes > 0 else { throw ValidationError("--episodes has to be at least 1.") }
  }

  func run() throws {
    let list = try CheckpointList(try checkpoints.paths(), engine: try measurement.engine())
    let other = try otherData.map { try FamilyArgument.configuration($0, overrides: []) }
    if let other { try list.check(other.episodeShape, of: "--other-data") }
    let progress = ProgressLine(from: 0, to: list.entries.count, unit: "checkpoint")
    var results: [RegimeReport.Entry] = []
    for entry in list.entries {
      let model = try list.model(entry)
      results.append(
        RegimeReport.Entry(
          name: entry.name, path: entry.path, model: ModelFacts(model),
          measurement: try model.regime(
            otherData: other, episodes: episodes, seed: measurement.seed)))
      progress.show(results.count, "measured")
    }
    progress.finish()
    let found = RegimeReport(results)
    try answer.give(
      results, text: found.text, report: found.report, in: list.entries[0].directory, as: "regime")
  }
}
