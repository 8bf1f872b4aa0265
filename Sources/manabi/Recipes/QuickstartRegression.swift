import MetaTraining
import Models
import Optimizers
import TaskFamilies

extension Recipe {
  /// Linear regression in five dimensions, learned in a minute.
  static let quickstartRegression = Recipe(
    name: "quickstart-regression",
    summary: "Linear regression in 5 dimensions from 10 examples; 3 layers, width 64.",
    experiment: Experiment(
      family: FamilyConfiguration(
        LinearRegression {
          $0.dimension = 5; $0.exampleCount = 11
        }),
      model: .transformer(TransformerConfiguration(width: 64, layers: 3, heads: 2)),
      optimizer: AdamWConfiguration(learningRate: 6e-3, warmupSteps: 300),
      steps: 9000))
}
