import Episodes
import Baselines
import Evaluation
import MetaTraining
import Models
import Optimizers
import Reporting
import TaskFamilies

extension Reproduction {
  /// Counting single symbols comes first, then, suddenly, counting pairs.
  static let phaseChange = Reproduction(
    id: "T4",
    claim:
      "On Markov chains a two-layer attention-only model first predicts from the frequencies of "
      + "single symbols, and then, at once, from those of pairs.",
    source: "Edelman et al. 2024, section 3, figure 2, and their code",
    link: "https://arxiv.org/abs/2402.11004",
    quick: Procedure(
      remark:
        "The published size, without dropout; first weights are drawn by width and not all of "
        + "deviation .02.",
      runs: [Procedure.Run("two-layers", phaseChangeExperiment)]
    ) { laboratory, runs in
      let family = runs[0].experiment.evaluationFamily
      let learner = try runs[0].learner()
      let counters = [NGramPosterior(order: 1), NGramPosterior(order: 2)]
      let curves = try laboratory.curves(
        of: [learner] + counters, on: family, episodes: 10_000)
      let loss = curves.logProbability(of: learner.name, .mean, scale: -1)
      let losses = try runs[0].losses()
      let smooth = smoothed(losses, over: 20)
      let unigram = curves.logProbability(of: "unigram", .mean, scale: -1).value
      let bigram = curves.logProbability(of: "bigram", .mean, scale: -1).value
      let middle = (unigram + bigram) / 2
      return Judgement(
        evidence: [
          Evidence("loss in nats, of which Bayes has .510", published: 0.53, loss, .atMost(0.53)),
          Evidence(
            "share of the steps spent within .03 of the unigram's loss, above the middle",
            measured: Double(smooth.count { abs($0 - unigram) < 0.03 && $0 > middle })
              / Double(smooth.count), .atLeast(0.05)),
        ],
        blocks: [
          .figure(
            LineChart(
              title: "From single symbols to pairs",
              subtitle: "5408 weights, two symbols, sequences of 100",
              horizontalLabel: "steps of training", verticalLabel: "loss in nats",
              series: [
                .init(
                  name: "model", positions: smooth.indices.map { Double($0 + 1) }, values: smooth,
                  isEmphasized: true),
                level("unigram", unigram, smooth.count), level("bigram", bigram, smooth.count),
              ]),
            caption: "Training loss, averaged over twenty steps, and what counting single symbols "
              + "or pairs reaches.")
        ])
    })

  private static func level(_ name: String, _ value: Double, _ steps: Int) -> LineChart.Series {
    LineChart.Series(name: name, positions: [1, Double(steps)], values: [value, value])
  }

  /// Running means of `count` numbers, fewer at the beginning.
  private static func smoothed(_ numbers: [Double], over count: Int) -> [Double] {
    numbers.indices.map { index in
      let range = max(0, index + 1 - count)...index
      return numbers[range].reduce(0, +) / Double(range.count)
    }
  }

  private static var phaseChangeExperiment: Experiment {
    Experiment(
      family: FamilyConfiguration(
        MarkovChains {
          $0.symbolCount = 2; $0.exampleCount = 100
        }),
      format: .tokens,
      model: .transformer(
        TransformerConfiguration(
          width: 16, layers: 2, heads: 1, expansion: 0, positions: .relative, biases: false)),
      optimizer: AdamWConfiguration(
        learningRate: 5e-4, warmupSteps: 0, finalShare: 1, secondDecay: 0.95, weightDecay: 0.1,
        maximumNorm: 1),
      batchSize: 64, steps: 2000, heldOut: HeldOutSchedule(interval: 100, episodeCount: 512))
  }
}
