import Episodes
import Baselines
import Evaluation
import MetaTraining
import Models
import Optimizers
import Reporting
import TaskFamilies

extension Reproduction {
  /// One layer of linear attention learns one step of gradient descent.
  static let oneStep = Reproduction(
    id: "T1",
    claim: "A trained layer of linear self-attention predicts what one step of gradient descent "
      + "predicts.",
    source: "von Oswald et al. 2022, section 3, figure 2, and the notebook of their code",
    link: "https://arxiv.org/abs/2212.07677",
    quick: Procedure(
      remark: "The published size.",
      runs: [Procedure.Run("one-layer", .linearAttention(layers: 1))]
    ) { laboratory, runs in
      let family = FamilyConfiguration(LinearRegression.uniform)
      let learner = try runs[0].learner()
      let curves = try laboratory.curves(
        of: [learner] + family.makeFamily().learners, on: family, episodes: 40_000)
      let loss = curves.value(
        of: learner.name, .last, scale: (curves.targetMeanSquare ?? 1) / 2)
      let identification = try AlgorithmIdentification(
        tasks: IdentificationTasks(name: "unseen tasks", drawn: family, trained: family),
        episodeCount: 10_000, contextLengths: [10], key: laboratory.key(1)
      ).identify(learner)
      let descent = try identification.comparison(with: "gradientDescent1Best")
      return Judgement(
        evidence: [
          Evidence("half squared error", published: 0.2062, loss, .within(0.003, of: 0.2062)),
          Evidence(
            "cosine of the sensitivities", published: 1, try descent.sensitivity.known().cosine,
            .atLeast(0.99)),
          Evidence(
            "mean difference of the predictions", published: 0,
            try descent.predictionDifference.known(),
            .atMost(0.05)),
        ],
        blocks: [
          .paragraph(identification.verdict.sentence),
          .figure(
            curves.chart(
              title: "One layer of linear attention", subtitle: "40000 unseen tasks",
              emphasized: [learner.name]),
            caption: "Error by the number of examples; the layer was trained on ten."),
        ])
    })
}

extension Experiment {
  /// Linear self-attention on the tasks of von Oswald et al. 2022, with the constants of their code.
  ///
  /// Attention is a mean over the context and not a sum, so first weights are larger than theirs.
  static func linearAttention(layers: Int) -> Experiment {
    var model = LinearSelfAttentionSettings()
    model.layers = layers
    model.sharesLayers = true
    return Experiment(
      family: FamilyConfiguration(LinearRegression.uniform), format: .query,
      model: .linearSelfAttention(model),
      optimizer: AdamWConfiguration(
        learningRate: 1e-3, warmupSteps: 0, finalShare: 1, secondDecay: 0.98, weightDecay: 0,
        maximumNorm: 10),
      batchSize: 2048, steps: 5000,
      heldOut: HeldOutSchedule(interval: 250, episodeCount: 8192))
  }
}
