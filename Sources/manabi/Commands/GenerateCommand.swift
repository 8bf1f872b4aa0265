import ArgumentParser
import Configuration
import MetaTraining
import Storage
import TaskFamilies

struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Writes a task set: episodes of a family, in sealed files.",
    discussion: """
      An output that ends in .h5 is one file; any other is a directory of shards of bounded size, which may be \
      larger than memory. Either way a shard opens in h5py, xarray and netCDF4 as it is, and the set in \
      `manabi evaluate --task-set` and, as the setting taskSet, in `manabi train`. The episodes do not depend on \
      --shard-size nor on --workers. A set that was not written to its end leaves nothing behind.

        manabi generate quickstart-regression --episodes 1000 --output datasets/held-out.h5
        manabi generate quickstart-regression --episodes 10000000 --output datasets/regression
      """)

  @Argument(
    help: "A family or a YAML file of one, or an experiment, whose held-out tasks are drawn.")
  var recipeOrFile: String
  @Option(help: "How many episodes.")
  var episodes: Int
  @OptionGroup var output: TaskSetOutput
  @Option(help: "Names the episodes.")
  var seed = 0
  @Option(help: "Threads that draw; all cores if not given.")
  var workers: Int?
  @Flag(help: "Leave out what describes the task itself, such as a weight vector.")
  var withoutLatents = false
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: "Change a setting, such as dimension=10 of a family or family.dimension=10 of a recipe.")
  var overrides: [String] = []

  func validate() throws {
    guard (1...1_000_000_000_000).contains(episodes) else {
      throw ValidationError("--episodes has to be from 1 to 1000000000000.")
    }
    guard seed >= 0 else { throw ValidationError("--seed has to be at least 0.") }
  }

  func run() throws {
    let configuration = try FamilyArgument.configuration(recipeOrFile, overrides: overrides)
    let generation = TaskSetGeneration(
      family: try configuration.makeFamily(), key: RunStream.generation.key(seed: seed),
      withLatents: !withoutLatents, workers: try Workers.count(workers))
    let set = generation.description(
      family: try ConfigurationDocument.yaml(encoding: configuration), seed: UInt64(seed),
      episodeCount: episodes, software: SoftwareVersion.text)
    try output.write(set) { writer, progress in
      try generation.run(set, to: writer, shouldStop: { StopSignal.isRequested }) { done in
        progress.show(done, "")
      }
    }
  }
}
