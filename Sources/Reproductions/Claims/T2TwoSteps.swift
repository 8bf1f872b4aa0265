import Episodes
import Baselines
import MetaTraining
import Evaluation
import Models
import Reporting
import TaskFamilies

extension Reproduction {
  /// Two looped layers learn GD++.
  static let twoSteps = Reproduction(
    id: "T2",
    claim: "Two layers of linear self-attention with shared weights learn GD++: they transform the "
      + "inputs and outdo two steps of gradient descent.",
    source: "von Oswald et al. 2022, section 3, figures 3 and 9",
    link: "https://arxiv.org/abs/2212.07677",
    quick: Procedure(
      remark: "The published size.",
      runs: [Procedure.Run("two-layers", .linearAttention(layers: 2))]
    ) { laboratory, runs in
      let family = FamilyConfiguration(LinearRegression.uniform)
      let learner = try runs[0].learner()
      let curves = try laboratory.curves(
        of: [learner] + family.makeFamily().learners, on: family, episodes: 40_000)
      let loss = curves.value(
        of: learner.name, .last, scale: (curves.targetMeanSquare ?? 1) / 2)
      return Judgement(
        evidence: [
          Evidence("half squared error", published: 0.113, loss, .within(0.006, of: 0.113)),
          Evidence(
            "half squared error of two steps of gradient descent, which is more",
            published: 0.158, loss, .atMost(0.15)),
          Evidence(
            "gamma in the trained weights", published: 0.179,
            measured: try runs[0].transformationRate(), .within(0.02, of: 0.179)),
        ],
        blocks: [
          .figure(
            curves.chart(
              title: "Two layers of linear attention with shared weights",
              subtitle: "40000 unseen tasks", emphasized: [learner.name]),
            caption: "Error by the number of examples; the layers were trained on ten.")
        ])
    })
}

extension TrainedRun {
  /// By how much a layer of linear self-attention transforms the inputs, `γ` of GD++, from the
  /// diagonals of its products of weights.
  fileprivate func transformationRate() throws -> Double {
    guard case .linearSelfAttention(let settings) = experiment.model else {
      preconditionFailure("The run is of linear self-attention.")
    }
    let layout = experiment.layout
    let inputs = layout.shape.inputDimension
    let weights = LinearAttentionWeights(
      LinearSelfAttention(settings, layout: layout), parameters: try parameters()
    ).normalized(inputDimension: inputs)
    guard let layer = weights?.layers.first else { return .nan }
    let mean = (0..<inputs).reduce(0) { $0 + layer.update[$1, $1] } / Double(inputs)
    return -mean / Double(layout.keyCount)
  }
}
