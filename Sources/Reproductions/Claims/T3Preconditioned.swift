import Episodes
import Baselines
import Evaluation
import MetaTraining
import Models
import Optimizers
import Reporting
import TaskFamilies

extension Reproduction {
  /// Three layers of two matrices each beat three steps of gradient descent by far.
  static let preconditioned = Reproduction(
    id: "T3",
    claim: "Three layers of linear self-attention with 150 weights learn preconditioned gradient "
      + "descent that is far better than three plain steps.",
    source: "Ahn et al. 2023 and the code of their experiments",
    link: "https://arxiv.org/abs/2306.00297",
    quick: Procedure(
      remark: "A quarter of the published batch of 4000, with a learning rate that falls.",
      runs: [Procedure.Run("three-layers", preconditionedExperiment)]
    ) { laboratory, runs in
      let family = runs[0].experiment.evaluationFamily
      let learner = try runs[0].learner()
      let steps = GradientDescent(stepCount: 3, learningRate: 0.6)
      let curves = try laboratory.curves(
        of: [learner, steps] + family.makeFamily().learners, on: family, episodes: 40_000)
      let scale = curves.targetMeanSquare ?? 1
      let error = curves.value(of: learner.name, .last, scale: scale)
      return Judgement(
        evidence: [
          Evidence("squared error", published: 0.0012, error, .atMost(0.002)),
          Evidence(
            "squared error of three plain steps over that of the model", published: 200,
            measured: curves.value(of: steps.name, .last, scale: scale).value / error.value,
            .atLeast(50)),
        ],
        blocks: [
          .figure(
            curves.chart(
              title: "Three layers of linear attention, 150 weights",
              subtitle: "40000 unseen tasks", emphasized: [learner.name]),
            caption: "Error by the number of examples; the layers were trained on twenty.")
        ])
    })

  private static var preconditionedExperiment: Experiment {
    var model = LinearSelfAttentionSettings()
    model.layers = 3
    model.structure = .inputsOnly
    return Experiment(
      family: FamilyConfiguration(
        LinearRegression {
          $0.dimension = 5; $0.exampleCount = 21
        }),
      format: .query, model: .linearSelfAttention(model),
      optimizer: AdamWConfiguration(
        learningRate: 3e-3, warmupSteps: 100, firstDecay: 0.9, secondDecay: 0.9,
        weightDecay: 0, maximumNorm: 10),
      batchSize: 1000, steps: 10_000,
      heldOut: HeldOutSchedule(interval: 500, episodeCount: 8192))
  }
}
