import ArgumentParser
import CPUEngine
import MetaTraining
import Models

struct ConstructRollOutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roll-out",
    abstract: "Writes a model that applies the last layer of a trained one again and again.")

  @Argument(help: "A run's directory (its latest checkpoint), or a checkpoint.")
  var runOrCheckpoint: String
  @Option(help: "How often the layer is applied.")
  var count = 50
  @Option(help: "How long each step is, as a share of the trained one.")
  var damping = 0.75
  @OptionGroup var output: ConstructedOutput

  func validate() throws {
    guard (1...256).contains(count) else {
      throw ValidationError("--count has to be from 1 to 256.")
    }
    guard damping > 0, damping <= 1 else {
      throw ValidationError("--damping has to be above 0 and at most 1.")
    }
  }

  func run() throws {
    let model = try TrainedModel(runOrCheckpoint, engine: CPUEngine(workers: 1))
    try output.write(
      model.linearAttentionWeights.rolledOut(count: count, damping: damping),
      for: model.experiment.family, seed: model.experiment.seed)
  }
}
