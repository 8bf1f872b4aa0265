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
      runs: [Procedure.Run("two-classes", mixtureExperiment(classes: 2))]
    ) { laboratory, runs in
      let family = runs[0].experiment.evaluationFamily
      let learner = try runs[0].learner()
      let curves = try laboratory.curves(
        of: [learner] + family.makeFamily().learners, on: family, episodes: 4000)
      return Judgement(
        findings: [
          Finding(
            "accuracy after 31 examples, of which the Bayesian has .916", published: 0.916,
            curves.value(of: learner.name, .last), .atLeast(0.896))
        ],
        blocks: [
          .figure(
            curves.chart(
              title: "Two Gaussian classes in 16 dimensions", subtitle: "4000 unseen tasks",
              emphasized: [learner.name]),
            caption: "Accuracy by the number of examples.")
        ])
    })

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
