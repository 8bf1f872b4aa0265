import Episodes
import Baselines
import Evaluation
import MetaTraining
import Models
import Optimizers
import Reporting
import TaskFamilies

extension Reproduction {
  /// The standard model of Garg et al. nearly is least squares.
  static let garg = Reproduction(
    id: "T6",
    claim: "A Transformer of 9.5 million weights learns linear regression in twenty dimensions as "
      + "well as least squares.",
    source: "Garg et al. 2022, section 3.1, figure 2",
    link: "https://arxiv.org/abs/2208.01066",
    full: Procedure(
      remark: "The published size, with its curriculum over dimensions and lengths.",
      runs: [Procedure.Run("standard", gargExperiment)]
    ) { laboratory, runs in
      let family = runs[0].experiment.evaluationFamily
      let learner = try runs[0].learner()
      let curves = try laboratory.curves(
        of: [learner] + family.makeFamily().learners, on: family, episodes: 1280)
      return Judgement(
        evidence: [
          Evidence(
            "squared error after 10 examples", published: 0.5,
            curves.value(of: learner.name, .after(10)), .within(0.05, of: 0.5)),
          Evidence(
            "squared error after 20 examples", published: 0.02,
            curves.value(of: learner.name, .after(20)), .within(0.02, of: 0.02)),
          Evidence(
            "squared error after 40 examples", published: 0.0006,
            curves.value(of: learner.name, .after(40)), .atMost(0.002)),
        ],
        blocks: [
          .figure(
            curves.chart(
              title: "Linear regression in twenty dimensions", subtitle: "1280 unseen tasks",
              emphasized: [learner.name]),
            caption: "Error by the number of examples.")
        ])
    })

  private static var gargExperiment: Experiment {
    Experiment(
      family: FamilyConfiguration(
        LinearRegression {
          $0.dimension = 20; $0.exampleCount = 41
        }),
      curriculum: Curriculum(
        interval: 2000, inputDimension: .init(from: 5, by: 1),
        exampleCount: .init(from: 11, by: 2)),
      format: .interleaved,
      model: .transformer(
        TransformerConfiguration(width: 256, layers: 12, heads: 8, positions: .learned)),
      optimizer: AdamWConfiguration(
        learningRate: 1e-4, warmupSteps: 0, finalShare: 1, weightDecay: 0, maximumNorm: nil),
      batchSize: 64, steps: 500_000, heldOut: HeldOutSchedule(interval: 1000, episodeCount: 1280),
      checkpointInterval: 1000)
  }
}
