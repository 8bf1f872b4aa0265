import ComputeGraph
import Baselines
import Evaluation
import MetaTraining
import Models
import Optimizers
import Reporting
import TaskFamilies

// Dimension key
//   T  numbers of training tasks      S  seeds

extension Reproduction {
  /// With enough tasks, and only then, a Transformer learns to learn.
  static let phaseDiagram = Reproduction(
    id: "T9",
    claim: "Trained on few tasks a Transformer memorises them; trained on many it learns to learn, "
      + "and does so on tasks that it never saw.",
    source: "Kirsch et al. 2022, section 4, figure 3",
    link: "https://arxiv.org/abs/2212.04458",
    quick: Procedure(
      remark:
        "Prototypes in 16 dimensions for images, five classes for ten, 24 examples for 100, a "
        + "width of 64 for 256; pairs for shifted labels.",
      runs: diversities.flatMap { exponent in
        (0..<3).map { seed in
          Procedure.Run(
            "tasks-\(1 << exponent)-seed-\(seed)",
            prototypeExperiment(tasks: 1 << exponent, seed: seed))
        }
      }
    ) { laboratory, runs in
      let improvements = try runs.map { run in
        [
          try laboratory.improvement(of: run, on: run.experiment.family),
          try laboratory.improvement(of: run, on: run.experiment.family.unlimited),
        ]
      }
      let unseen = improvements.map { $0[1] }
      return Judgement(
        evidence: zip(runs, unseen).compactMap { run, improvement in
          guard case let pool as Pool = run.experiment.family.settings else { return nil }
          let criterion: Criterion? =
            pool.taskCount <= 4 ? .atMost(0.05) : pool.taskCount >= 1024 ? .atLeast(0.7) : nil
          return criterion.map {
            Evidence(
              "\(run.name): accuracy at the last example less that at the first, unseen tasks",
              measured: improvement, $0)
          }
        },
        blocks: [
          .figure(
            diversityMap("Seen tasks", improvements.map { $0[0] }),
            caption:
              "Accuracy at the last example less that at the first, on the tasks of training; "
              + "every seed by itself."),
          .figure(
            diversityMap("Unseen tasks", unseen),
            caption: "The same on tasks that training never showed. Where seen tasks improve and "
              + "unseen ones do not, the model recognises its tasks."),
        ])
    })

  /// Powers of two.
  private static let diversities = [2, 6, 10, 14]

  private static func diversityMap(_ title: String, _ values: [Double]) -> HeatMap {
    HeatMap(
      title: title, rowLabel: "tasks of training", columnLabel: "seed",
      valueLabel: "improvement within an episode",
      rows: diversities.map { "\(1 << $0)" }, columns: ["0", "1", "2"], values: values,
      scale: .sequential(0...0.8))
  }

  static func prototypeExperiment(tasks: Int, seed: Int) -> Experiment {
    Experiment(
      family: FamilyConfiguration(
        Pool {
          $0.taskCount = tasks; $0.seed = seed
          $0.family = FamilyConfiguration(PrototypeSettings())
        }),
      model: .transformer(TransformerConfiguration(width: 64, layers: 3, heads: 2)),
      precision: .bfloat16,
      optimizer: AdamWConfiguration(learningRate: 2e-3, warmupSteps: 200),
      batchSize: 64, steps: 2000, seed: seed, heldOut: HeldOutSchedule(interval: 500),
      checkpointInterval: 2000)
  }
}

extension Laboratory {
  /// Accuracy at the last example less that at the first.
  fileprivate func improvement(
    of run: TrainedRun, on family: FamilyConfiguration
  ) throws -> Double {
    let learner = try run.learner()
    let curves = try curves(of: [learner], on: family, episodes: 2048)
    return curves.value(of: learner.name, .last).value
      - curves.value(of: learner.name, .after(0)).value
  }
}
