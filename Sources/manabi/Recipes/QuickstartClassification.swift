import MetaTraining
import Models
import Optimizers
import TaskFamilies

extension Recipe {
  /// Classes around prototypes behind random projections and relabellings, learned in a minute.
  static let quickstartClassification = Recipe(
    name: "quickstart-classification",
    summary:
      "Up to 5 classes around prototypes in 16 dimensions, projected and relabelled per task.",
    experiment: Experiment(
      family: .prototypeClassification(
        PrototypeClassificationConfiguration(minimumClassCount: 2, exampleCount: 24)),
      model: TransformerConfiguration(width: 64, layers: 3, heads: 2),
      optimizer: AdamWConfiguration(learningRate: 1e-3, warmupSteps: 300),
      steps: 1500,
      heldOut: HeldOutSchedule(
        family: .prototypeClassification(
          PrototypeClassificationConfiguration(exampleCount: 24)))))
}
