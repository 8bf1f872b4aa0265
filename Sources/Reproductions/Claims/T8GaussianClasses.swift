import ComputeGraph
import Baselines
import Episodes
import Evaluation
import MetaTraining
import Models
import Optimizers
import Reporting
import TaskFamilies

extension Reproduction {
  /// A Transformer learns to classify by Gaussian classes nearly as well as Bayes.
  static let gaussianClasses = Reproduction(
    id: "T8",
    claim: "A Transformer learns in context to tell two Gaussian classes apart as well as the "
      + "Bayesian who knows their prior.",
    source: "Lee et al. 2023, section 4, and their code",
    link: "https://arxiv.org/abs/2310.08049",
    quick: Procedure(
      remark: "Three layers for four, pairs for interleaved tokens.",
      runs: [Procedure.Run("2-classes", mixtureExperiment(classes: 2))],
      judge: judgeMixtures),
    full: Procedure(
      remark: "The published size in one setting of the paper's grid, float32.",
      runs: [2, 4, 8].map { count in
        var experiment = mixtureExperiment(classes: count)
        experiment.format = .interleaved
        experiment.model = .transformer(
          TransformerConfiguration(width: 64, layers: 4, heads: 2, positions: .learned))
        experiment.precision = .float32
        experiment.optimizer = AdamWConfiguration(
          learningRate: 1e-3, warmupSteps: 20_000, finalShare: 0.1)
        experiment.batchSize = 128
        experiment.steps = 100_000
        experiment.heldOut.interval = 1000
        return Procedure.Run("\(count)-classes", experiment)
      }, judge: judgeMixtures))

  /// What the Bayesian who knows the prior reaches after 31 examples, by the number of classes.
  private static let bayesianAccuracies = [2: 0.916, 4: 0.787, 8: 0.570]

  private static func judgeMixtures(
    _ laboratory: Laboratory, _ runs: [TrainedRun]
  ) throws -> Judgement {
    var evidence: [Evidence] = []
    var blocks: [ReportPage.Block] = []
    for run in runs {
      let family = run.experiment.evaluationFamily
      let count = family.episodeShape.target.width
      let bayes = bayesianAccuracies[count] ?? 1
      let learner = try run.learner()
      let curves = try laboratory.curves(
        of: [learner] + family.makeFamily().learners, on: family, episodes: 4000)
      evidence.append(
        Evidence(
          "\(count) classes: accuracy after 31 examples, beside the Bayesian's",
          published: bayes, curves.value(of: learner.name, .last), .atLeast(bayes - 0.02)))
      blocks.append(
        .figure(
          curves.chart(
            title: "\(count) Gaussian classes in 16 dimensions", subtitle: "4000 unseen tasks",
            emphasized: [learner.name]),
          caption: "Accuracy by the number of examples."))
    }
    return Judgement(evidence: evidence, blocks: blocks)
  }

  private static func mixtureExperiment(classes: Int) -> Experiment {
    Experiment(
      family: FamilyConfiguration(
        GaussianMixture {
          $0.classCount = classes; $0.exampleCount = 32
        }),
      model: .transformer(TransformerConfiguration(width: 64, layers: 3, heads: 2)),
      precision: .bfloat16,
      optimizer: AdamWConfiguration(learningRate: 2e-3, warmupSteps: 200),
      batchSize: 64, steps: 2000, heldOut: HeldOutSchedule(interval: 250))
  }
}
