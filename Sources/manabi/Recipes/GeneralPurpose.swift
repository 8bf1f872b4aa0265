import MetaTraining
import Reproductions

extension Recipe {
  /// What is to classify anything: meta-trained on prototypes of many kinds, and on no real data.
  static let generalPurpose = Recipe(
    name: "general-purpose",
    summary:
      "10 classes in 32 dimensions from 64 examples, prototypes of many kinds; for real data.",
    experiment: Reproduction.generalPurposeExperiment)
}
