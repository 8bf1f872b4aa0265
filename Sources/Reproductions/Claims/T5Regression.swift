import Episodes
import ComputeGraph
import Baselines
import Evaluation
import MetaTraining
import Models
import Optimizers
import Reporting
import TaskFamilies

extension Reproduction {
  /// A small Transformer learns least squares in five dimensions, in both prompt formats.
  static let regression = Reproduction(
    id: "T5",
    claim: "A Transformer of three layers learns linear regression in context nearly as well as "
      + "least squares, from pairs as from interleaved tokens.",
    source: "Garg et al. 2022, section 3.1, at a small size",
    link: "https://arxiv.org/abs/2208.01066",
    quick: Procedure(
      remark:
        "Five dimensions for twenty, 0.15 million weights for 9.5 million. The numbers beside ours "
        + "are those of the same model in PyTorch after 6000 steps on pairs; here it takes 20 000 "
        + "on pairs and 60 000 on interleaved tokens, whose tasks grow.",
      runs: [
        Procedure.Run("paired", regressionExperiment(.paired)),
        Procedure.Run("interleaved", regressionExperiment(.interleaved)),
      ]
    ) { laboratory, runs in
      let family = runs[0].experiment.evaluationFamily
      var evidence: [Evidence] = []
      var blocks: [ReportPage.Block] = []
      for run in runs {
        let learner = try run.learner()
        let curves = try laboratory.curves(
          of: [learner] + family.makeFamily().learners, on: family, episodes: 40_000)
        for (count, error) in [(5, 0.15), (7, 0.05), (10, 0.019)] {
          evidence.append(
            Evidence(
              "\(run.name): squared error after \(count) examples", published: error,
              curves.value(of: learner.name, .after(count)), .atMost(error)))
        }
        blocks.append(
          .figure(
            curves.chart(
              title: "Linear regression, \(run.name) tokens", subtitle: "40000 unseen tasks",
              emphasized: [learner.name]),
            caption: "Error by the number of examples. Least squares errs by nothing from five on.")
        )
      }
      return Judgement(evidence: evidence, blocks: blocks)
    })

  /// Interleaved tokens need positions: without them nothing says which `y` belongs to which `x`, and
  /// the loss stays on its plateau. Tasks that grow are the cure of the paper; at this size runs with
  /// and without them differ no more than runs do.
  private static func regressionExperiment(_ format: PromptFormat) -> Experiment {
    let isPaired = format == .paired
    return Experiment(
      family: FamilyConfiguration(
        LinearRegression {
          $0.dimension = 5; $0.exampleCount = 11
        }),
      curriculum: isPaired
        ? nil
        : Curriculum(
          interval: 500, inputDimension: .init(from: 2, by: 1), exampleCount: .init(from: 5, by: 2)),
      format: format,
      model: .transformer(
        TransformerConfiguration(
          width: 64, layers: 3, heads: 2, positions: isPaired ? .none : .learned)),
      precision: .bfloat16,
      optimizer: AdamWConfiguration(
        learningRate: isPaired ? 3e-3 : 1.5e-3, warmupSteps: 300, secondDecay: 0.98, weightDecay: 0,
        maximumNorm: nil),
      batchSize: 64, steps: isPaired ? 20_000 : 60_000,
      heldOut: HeldOutSchedule(interval: 1000), checkpointInterval: 5000)
  }
}
