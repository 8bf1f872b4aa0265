import ComputeGraph
import Baselines
import Episodes
import Evaluation
import Models
import TaskFamilies

extension Reproduction {
  /// Weights that are written down, not trained, are exactly gradient descent.
  static let construction = Reproduction(
    id: "T1b",
    claim: "There are weights of linear self-attention that are exactly one step of gradient "
      + "descent, several steps, and GD++.",
    source: "von Oswald et al. 2022, section 2, proposition 1",
    link: "https://arxiv.org/abs/2212.07677",
    quick: Procedure { laboratory, _ in
      let rates = [6.06, 3, 2]
      var evidence: [Evidence] = []
      for steps in [1, 2, 5] {
        let rate = rates[min(steps / 2, 2)]
        evidence.append(
          try laboratory.difference(
            "\(steps) layers and \(steps) steps of gradient descent",
            LinearAttentionWeights.gradientDescent(
              inputDimension: 10, learningRates: [Double](repeating: rate, count: steps)),
            GradientDescent(stepCount: steps, learningRate: rate)))
      }
      evidence.append(
        try laboratory.difference(
          "2 layers and 2 steps of GD++",
          LinearAttentionWeights.gradientDescentPlusPlus(
            inputDimension: 10, steps: [(13, 0.175), (13, 0.175)], contextCount: 10),
          GradientDescentPlusPlus(stepCount: 2, learningRate: 13, gamma: 0.175)))
      return Judgement(evidence: evidence)
    })
}

extension Laboratory {
  /// The largest difference between a model of given weights and a learner, after ten examples.
  fileprivate func difference(
    _ title: String, _ weights: LinearAttentionWeights, _ learner: any InContextLearner
  ) throws -> Evidence {
    let family = LinearRegression.uniform
    var settings = LinearSelfAttentionSettings()
    settings.layers = weights.layers.count
    let model = ModelLearner(
      .linearSelfAttention(settings),
      trainedOn: PromptFormat.query.layout(for: family.episodeShape),
      precision: .float32, parameters: weights.parameters, engine: engine)
    let episodes = family.episodes(1000, key: key())
    let count = family.episodeShape.exampleCount
    let (own, other) = (
      try model.predictions(for: episodes), try learner.predictions(for: episodes)
    )
    let largest = stride(from: count - 1, to: own.count, by: count).reduce(0.0) {
      max($0, abs(Double(own[$1]) - Double(other[$1])))
    }
    return Evidence(
      "largest difference between \(title)", published: 0, measured: largest, .atMost(1e-5))
  }
}
