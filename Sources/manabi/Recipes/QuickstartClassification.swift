import MetaTraining
import Models
import Optimizers
import TaskFamilies

extension Recipe {
  /// Classes around prototypes behind random projections and relabellings, learned in half a
  /// minute.
  ///
  /// Every task has prototypes of its own; the held-out tasks share a fixed base, which training
  /// never shows.
  static let quickstartClassification = Recipe(
    name: "quickstart-classification",
    summary:
      "Up to 5 classes around prototypes in 16 dimensions, projected and relabelled per task.",
    experiment: Experiment(
      family: FamilyConfiguration(
        PrototypeSettings {
          $0.minimumClassCount = 2; $0.base = .fresh; $0.exampleCount = 24
        }),
      model: .transformer(TransformerConfiguration(width: 64, layers: 3, heads: 2)),
      optimizer: AdamWConfiguration(learningRate: 2e-3, warmupSteps: 300),
      steps: 2000,
      heldOut: HeldOutSchedule(
        family: FamilyConfiguration(
          PrototypeSettings { $0.exampleCount = 24 }))))
}
