import Configuration
import MetaTraining
import Models
import Optimizers
import TaskFamilies

extension Recipe {
  /// Five prototypes behind 1024 projections and labellings, small enough for a minute on a core.
  static let gpiclPool = Recipe(
    name: "gpicl-pool",
    summary: "5 classes in 16 dimensions behind one of 1024 projections and labellings.",
    experiment: Experiment(
      family: FamilyConfiguration(
        Pool(of: PrototypeSettings()) { $0.taskCount = 1024 }),
      model: .transformer(TransformerConfiguration(width: 64, layers: 3, heads: 2)),
      optimizer: AdamWConfiguration(learningRate: 2e-3, warmupSteps: 200),
      steps: 2000))
}

extension SweepRecipe {
  /// What a model becomes by the number of tasks that it is trained on and by its size.
  ///
  /// A seed also names the tasks of the pool. Source: the phases of Kirsch et al. 2022,
  /// <https://arxiv.org/abs/2212.04458>, with prototypes in place of images.
  static let gpiclPhaseDiagram = SweepRecipe(
    name: "gpicl-phase-diagram",
    summary: "Memorises, identifies tasks or learns to learn: by tasks and size, three seeds.",
    file: SweepFile(
      base: ConfigurationValue("gpicl-pool"),
      axes: [
        SweepAxis("family.taskCount", ["4", "64", "1024", "16384"]),
        SweepAxis("model.width", ["32", "64"]),
        SweepAxis(
          "seed",
          ["0", "1", "2"].map { seed in
            SweepAxis.Value(
              seed,
              ["seed", "family.seed"].map { SettingChange($0, ConfigurationValue(seed)) })
          }),
      ]))
}
