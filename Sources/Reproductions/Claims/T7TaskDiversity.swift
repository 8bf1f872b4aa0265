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
    claim: "Trained on few tasks a model predicts as the Bayesian who knows these tasks, trained on "
      + "many as ridge regression, also on tasks that it never saw.",
    source: "Raventós et al. 2023, sections 2 and 3",
    link: "https://arxiv.org/abs/2306.15063",
    quick: Procedure(
      remark: "Four dimensions for eight, eight examples for sixteen, two layers of width 32 for eight "
        + "of 128; pairs for interleaved tokens. Thresholds move with the size.",
      runs: [4, 4096].map { count in
        Procedure.Run("tasks-\(count)", diversityExperiment(tasks: count))
      }
    ) { laboratory, runs in
      var findings: [Finding] = []
      var blocks: [ReportPage.Block] = []
      for run in runs {
        let learner = try run.learner()
        let unseen = run.experiment.family.unlimited
        let identification = try AlgorithmIdentification(
          tasks: IdentificationTasks(
            name: "unseen tasks", drawn: unseen, trained: run.experiment.family),
          episodeCount: 4096, key: laboratory.key()
        ).identify(learner)
        let memorizing = try identification.comparison(playing: .memorizing).meanDifference
        let generalizing = try identification.comparison(playing: .generalizing).meanDifference
        let memorizes = run.name == "tasks-4"
        findings.append(
          Finding(
            "\(run.name): difference to the memorising learner over that to ridge, on unseen tasks",
            measured: memorizing.value / generalizing.value,
            memorizes ? .atMost(1) : .atLeast(1)))
        let curves = try laboratory.curves(
          of: [learner] + unseen.makeFamily().learners, on: unseen, episodes: 4096)
        blocks.append(.paragraph("\(run.name): \(identification.verdict.sentence)"))
        blocks.append(
          .figure(
            curves.chart(
              title: "Unseen tasks after training on \(run.name.dropFirst(6))",
              subtitle: "4096 unseen tasks", emphasized: [learner.name]),
            caption: "Error by the number of examples."))
      }
      return Judgement(findings: findings, blocks: blocks)
    })

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
