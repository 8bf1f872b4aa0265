import ArgumentParser
import Configuration
import MetaTraining
import Storage
import TaskFamilies

struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Writes a task set: episodes of an experiment's family, in one sealed file.",
    discussion: """
      The file opens in h5py, xarray and netCDF4 as it is, and in `manabi evaluate --task-set`.

        manabi generate quickstart-regression --episodes 1000 --output datasets/regression.h5
      """)

  @Argument(
    help: "A family or a YAML file of one, or an experiment, whose held-out tasks are drawn.")
  var recipeOrFile: String
  @Option(help: "How many episodes.")
  var episodes: Int
  @Option(help: "The file to write.")
  var output: String
  @Option(help: "Names the episodes.")
  var seed = 0
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: "Change a setting of the experiment, such as family.dimension=10.")
  var overrides: [String] = []

  func validate() throws {
    guard (1...10_000_000).contains(episodes) else {
      throw ValidationError("--episodes has to be from 1 to 10000000.")
    }
    guard seed >= 0 else { throw ValidationError("--seed has to be at least 0.") }
  }

  func run() throws {
    let configuration = try FamilyArgument.configuration(recipeOrFile, overrides: overrides)
    let family = try configuration.makeFamily()
    let set = TaskSet(
      family: try ConfigurationDocument.yaml(encoding: configuration), seed: UInt64(seed),
      shape: family.episodeShape,
      episodes: family.episodes(episodes, key: RunStream.generation.key(seed: seed)))
    try set.write(to: output)
    Output.note(
      "\(output): \(episodes) episodes of \(configuration.kind.rawValue). Look with: manabi inspect \(output)"
    )
  }
}
