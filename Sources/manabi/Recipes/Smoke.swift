import MetaTraining
import Models
import Optimizers
import TaskFamilies

extension Recipe {
  /// The smallest run that exercises every part: seconds, and no claim to quality.
  static let smoke = Recipe(
    name: "smoke", summary: "A tiny run of a few seconds, to see that everything works.",
    experiment: Experiment(
      family: FamilyConfiguration(
        LinearRegression {
          $0.dimension = 2; $0.exampleCount = 5
        }),
      model: .transformer(TransformerConfiguration(width: 16, layers: 1, heads: 2)),
      optimizer: AdamWConfiguration(learningRate: 1e-3, warmupSteps: 10),
      batchSize: 16, laneCount: 4, steps: 200,
      heldOut: HeldOutSchedule(interval: 50, episodeCount: 64), checkpointInterval: 100))
}
