import Episodes
import Baselines
import Evaluation
import MetaTraining
import Models
import Optimizers
import Reporting
import TaskFamilies

extension Reproduction {
  /// Few tasks of training are memorised, many are generalised from.
  static let taskDiversity = Reproduction(
    id: "T7",
    claim:
      "Trained on few tasks a model predicts as the Bayesian who knows these tasks, trained on "
      + "many as ridge regression, also on tasks that it never saw.",
    source: "Raventós et al. 2023, sections 2 and 3",
    link: "https://arxiv.org/abs/2306.15063",
    quick: Procedure(
      remark:
        "Four dimensions for eight, eight examples for sixteen, two layers of width 32 for eight "
        + "of 128; pairs for interleaved tokens. Thresholds move with the size.",
      runs: [4, 4096].map { count in
        Procedure.Run("tasks-\(count)", diversityExperiment(tasks: count))
      }
    ) { laboratory, runs in
      try judgeDiversity(laboratory, runs) { count in count == 4 ? .atMost(1) : .atLeast(1) }
    },
    full: Procedure(
      remark:
        "The published small model and data of a batch of 512, on either side of its threshold "
        + "between 2048 and 4096 tasks.",
      runs: (9...14).map { exponent in
        Procedure.Run("tasks-\(1 << exponent)", publishedExperiment(tasks: 1 << exponent))
      }
    ) { laboratory, runs in
      try judgeDiversity(laboratory, runs) { count in
        // The threshold may move by a power of two.
        count <= 1024 ? .atMost(1) : count >= 8192 ? .atLeast(1) : nil
      }
    })

  /// Compares each model with the memorising and the generalising learner on unseen tasks.
  ///
  /// - Parameter criterion: of the ratio of its differences to them, for a number of tasks.
  private static func judgeDiversity(
    _ laboratory: Laboratory, _ runs: [TrainedRun], _ criterion: (Int) -> Criterion?
  ) throws -> Judgement {
    var evidence: [Evidence] = []
    var blocks: [ReportPage.Block] = []
    for run in runs {
      guard let pool = run.experiment.family.settings as? Pool else { continue }
      let learner = try run.learner()
      let unseen = run.experiment.family.unlimited
      let identification = try AlgorithmIdentification(
        tasks: IdentificationTasks(
          name: "unseen tasks", drawn: unseen, trained: run.experiment.family),
        episodeCount: 4096, key: laboratory.key()
      ).identify(learner)
      let memorizing = try identification.comparison(playing: .memorizing).meanDifference
      let generalizing = try identification.comparison(playing: .generalizing).meanDifference
      if let criterion = criterion(pool.taskCount) {
        evidence.append(
          Evidence(
            "\(pool.taskCount) tasks: difference to the memorising learner over that to ridge, on "
              + "unseen tasks", measured: memorizing.value / generalizing.value, criterion))
      }
      let memorizer = NamedLearner(
        "memorising", try run.experiment.family.makeFamily().oracle)
      let curves = try laboratory.curves(
        of: [learner, memorizer] + unseen.makeFamily().learners, on: unseen, episodes: 4096)
      blocks.append(
        .paragraph("Trained on \(pool.taskCount) tasks: \(identification.verdict.sentence)"))
      blocks.append(
        .figure(
          curves.chart(
            title: "Unseen tasks after training on \(pool.taskCount)",
            subtitle: "4096 unseen tasks", emphasized: [learner.name, memorizer.name]),
          caption: "Error by the number of examples."))
    }
    return Judgement(evidence: evidence, blocks: blocks)
  }

  private static func publishedExperiment(tasks: Int) -> Experiment {
    Experiment(
      family: FamilyConfiguration(
        Pool {
          $0.taskCount = tasks
          $0.family = FamilyConfiguration(
            LinearRegression {
              $0.dimension = 8; $0.exampleCount = 16; $0.noise = 0.5
            })
        }),
      format: .interleaved,
      model: .transformer(
        TransformerConfiguration(width: 64, layers: 4, heads: 2, positions: .learned)),
      optimizer: AdamWConfiguration(
        learningRate: 1e-3, warmupSteps: 250_000, weightDecay: 0, maximumNorm: nil),
      batchSize: 512, steps: 500_000, heldOut: HeldOutSchedule(interval: 5000),
      checkpointInterval: 5000)
  }

  private static func diversityExperiment(tasks: Int) -> Experiment {
    Experiment(
      family: FamilyConfiguration(
        Pool {
          $0.taskCount = tasks
          $0.family = FamilyConfiguration(
            LinearRegression {
              $0.dimension = 4; $0.exampleCount = 8; $0.noise = 0.5
            })
        }),
      model: .transformer(TransformerConfiguration(width: 32, layers: 2, heads: 2)),
      optimizer: AdamWConfiguration(learningRate: 3e-3, warmupSteps: 300),
      batchSize: 64, steps: tasks > 100 ? 20_000 : 5000,
      heldOut: HeldOutSchedule(interval: 1000), checkpointInterval: 5000)
  }
}
