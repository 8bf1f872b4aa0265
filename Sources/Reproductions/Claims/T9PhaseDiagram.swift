import Baselines
import ComputeGraph
import Episodes
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
      runs: PhaseDiagram.prototypes.runs(prototypeExperiment)
    ) { laboratory, runs in
      try PhaseDiagram.prototypes.judge(laboratory, runs, trainedOn: \.family) { count in
        count <= 4 ? .atMost(0.05) : count >= 1024 ? .atLeast(0.7) : nil
      }
    },
    full: Procedure(
      remark:
        "The published model, batch and length of episodes; images of clothes in their own 28 by "
        + "28 pixels for digits of 32 by 32. The paper does not say for how many steps it trains.",
      requirement: FashionImages.checkInstalled,
      runs: PhaseDiagram.images.runs { imageExperiment(tasks: $0, seed: $1) }
    ) { laboratory, runs in
      try PhaseDiagram.images.judge(
        laboratory, runs, trainedOn: { imageTasks($0.family.taskCount, seed: $0.seed, of: .test) }
      ) { count in
        // Where the transition lies, 2^13 to 2^14, may move by a power of two.
        count <= 2048 ? .atMost(0.05) : count >= 32768 ? .atLeast(0.35) : nil
      }
    })

  static func prototypeExperiment(tasks: Int, seed: Int) -> Experiment {
    Experiment(
      family: FamilyConfiguration(
        Pool(of: PrototypeSettings()) {
          $0.taskCount = tasks; $0.seed = seed
        }),
      model: .transformer(TransformerConfiguration(width: 64, layers: 3, heads: 2)),
      precision: .bfloat16,
      optimizer: AdamWConfiguration(learningRate: 2e-3, warmupSteps: 200),
      batchSize: 64, steps: 2000, seed: seed, heldOut: HeldOutSchedule(interval: 500),
      checkpointInterval: 2000)
  }

  private static func imageExperiment(tasks: Int, seed: Int) -> Experiment {
    Experiment(
      family: imageTasks(tasks, seed: seed, of: .training), format: .shifted,
      model: .transformer(
        TransformerConfiguration(width: 256, layers: 4, heads: 8, positions: .learned)),
      precision: .bfloat16,
      optimizer: AdamWConfiguration(
        learningRate: 2e-4, warmupSteps: 1000, finalShare: 1, epsilon: 1e-10, weightDecay: 0,
        maximumNorm: 2),
      batchSize: 512, steps: 50_000, seed: seed,
      heldOut: HeldOutSchedule(
        interval: 1000, family: imageTasks(tasks, seed: seed, of: .test).unlimited),
      checkpointInterval: 500)
  }

  /// Projections and labellings of images: the same tasks for the images of either file.
  private static func imageTasks(
    _ count: Int, seed: Int, of file: FashionImages.File
  ) -> FamilyConfiguration {
    FamilyConfiguration(
      Pool(
        of: LabelPermutation(
          of: InputProjection(of: FashionImages.settings(of: file, exampleCount: 100)))
      ) {
        $0.taskCount = count; $0.seed = seed
      })
  }
}

/// Runs over numbers of training tasks and seeds.
private struct PhaseDiagram {
  /// `T`
  let taskCounts: [Int]
  /// `S`
  let seeds: [Int]
  let episodeCount: Int

  static let prototypes = PhaseDiagram(
    taskCounts: [4, 64, 1024, 16384], seeds: [0, 1, 2], episodeCount: 2048)
  static let images = PhaseDiagram(
    taskCounts: (11...16).map { 1 << $0 }, seeds: [0], episodeCount: 512)

  func runs(_ experiment: (_ tasks: Int, _ seed: Int) -> Experiment) -> [Procedure.Run] {
    taskCounts.flatMap { count in
      seeds.map { seed in
        Procedure.Run("tasks-\(count)-seed-\(seed)", experiment(count, seed))
      }
    }
  }

  /// Says of each run what the model became, and of some what it must have become.
  ///
  /// - Parameters:
  ///   - family: seen tasks to measure a run on.
  ///   - criterion: of the improvement on unseen tasks, for a number of tasks.
  func judge(
    _ laboratory: Laboratory, _ runs: [TrainedRun],
    trainedOn family: (Experiment) -> FamilyConfiguration, _ criterion: (Int) -> Criterion?
  ) throws -> Judgement {
    let regimes = try runs.map { run in
      try RegimeMeasurement(
        of: try run.learner(), trainedOn: family(run.experiment), episodeCount: episodeCount,
        key: laboratory.key())
    }
    return Judgement(
      evidence: zip(runs, regimes).compactMap { run, regime in
        criterion(run.experiment.family.taskCount).map {
          Evidence(
            "\(run.name): accuracy at the last example less that at the first, unseen tasks",
            regime.unseenTasks.improvement, $0)
        }
      },
      blocks: [
        .table(
          table(runs, regimes),
          caption: "Accuracy at the last example less that at the first. "
            + RegimeCriteria().explanation),
        .figure(
          map("Seen tasks", regimes.map { $0.seenTasks ?? $0.unseenTasks }),
          caption: "Accuracy at the last example less that at the first, on the tasks of training; "
            + "every seed by itself."),
        .figure(
          map("Unseen tasks", regimes.map(\.unseenTasks)),
          caption: "The same on tasks that training never showed. Where seen tasks improve and "
            + "unseen ones do not, the model recognises its tasks."),
      ])
  }

  private func table(_ runs: [TrainedRun], _ regimes: [RegimeMeasurement]) -> TextTable {
    var table = TextTable(
      columns: [
        .init("run", .words), .init("seen tasks", .numbers(digits: 3)),
        .init("unseen tasks", .numbers(digits: 3)),
        .init("unseen tasks, unseen data", .numbers(digits: 3)), .init("it", .words),
      ])
    for (run, regime) in zip(runs, regimes) {
      table.append(
        [.words(run.name)]
          + [regime.seenTasks, regime.unseenTasks, regime.unseenTasksUnseenData].map {
            $0.map { .number($0.improvement.value) } ?? .absent
          } + [.words(regime.regime.phrase)])
    }
    return table
  }

  private func map(_ title: String, _ improvements: [SequenceImprovement]) -> HeatMap {
    HeatMap(
      title: title, rowLabel: "tasks of training", columnLabel: "seed",
      valueLabel: "improvement within an episode",
      rows: taskCounts.map(String.init), columns: seeds.map(String.init),
      values: improvements.map(\.improvement.value), scale: .sequential(0...0.8))
  }
}

extension FamilyConfiguration {
  /// How many tasks a pool of them has.
  fileprivate var taskCount: Int {
    guard let pool = settings as? Pool else {
      preconditionFailure("A phase diagram is of pools.")
    }
    return pool.taskCount
  }
}
