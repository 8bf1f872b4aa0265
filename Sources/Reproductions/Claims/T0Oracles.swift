import Baselines
import TaskFamilies

extension Reproduction {
  /// The learners that models are compared with have the errors that theory gives them.
  static let oracles = Reproduction(
    id: "T0",
    claim: "The known learners reach the errors that closed forms and simulations give them.",
    source: "Garg et al. 2022, section 3; von Oswald et al. 2022, section 3; Raventós et al. 2023, "
      + "section 2; Lee et al. 2023; Edelman et al. 2024",
    link: "https://arxiv.org/abs/2208.01066",
    quick: Procedure { laboratory, _ in
      Judgement(evidence: try OracleValues.all.flatMap { try $0.evidence(laboratory) })
    })
}

extension OracleValues {
  static let all =
    [linearRegression, halfError, ridge] + mixtures + [twoSymbols, threeSymbols]

  private static let linearRegression = OracleValues(
    title: "linear regression, d 20",
    family: FamilyConfiguration(
      LinearRegression {
        $0.dimension = 20; $0.exampleCount = 41
      }),
    episodes: 20_000, quantity: .score,
    entries: [
      // 1 - k/d
      Entry(learner: LeastSquares(), place: .after(5), published: 0.75),
      Entry(learner: LeastSquares(), place: .after(10), published: 0.5),
      Entry(learner: LeastSquares(), place: .after(15), published: 0.25),
      // (d + 1)/k
      Entry(learner: Averaging(), place: .after(40), published: 0.525),
      // Scripts/simulate-oracles.py
      Entry(learner: NearestNeighbors(3), place: .after(5), published: 1.1006),
      Entry(learner: NearestNeighbors(3), place: .after(10), published: 0.9240),
      Entry(learner: NearestNeighbors(3), place: .after(20), published: 0.7904),
      Entry(learner: NearestNeighbors(3), place: .after(40), published: 0.6941),
    ])

  private static let halfError = OracleValues(
    title: "linear regression, inputs U(-.5, .5), d 10, half squared error",
    family: FamilyConfiguration(LinearRegression.uniform), episodes: 40_000,
    quantity: .halfSquaredError,
    entries: [
      // ½ s² d, and with one step ½ s² d (1 - 1/T), T = (N + d - 1 + 1.8 - 1)/N
      Entry(learner: ZeroPredictor(), place: .last, published: 0.4167),
      Entry(
        learner: GradientDescent(stepCount: 1, learningRate: 6.06), place: .last,
        published: 0.2062),
      Entry(
        learner: GradientDescentPlusPlus(stepCount: 2, learningRate: 13, gamma: 0.175),
        place: .last, published: 0.113),
    ])

  private static let ridge = OracleValues(
    title: "linear regression, d 8, noise variance .25",
    family: FamilyConfiguration(
      LinearRegression {
        $0.dimension = 8; $0.exampleCount = 16; $0.noise = 0.5
      }),
    episodes: 20_000, quantity: .score,
    // Of noise-free targets, with the noise 0.25/8 added, in units of d + s².
    entries: [(0, 1.0), (4, 0.54), (7, 0.26), (15, 0.038)].map { count, error in
      Entry(
        learner: RidgeRegression(penalty: 0.25), place: .after(count),
        published: (error + 0.03125) / 1.03125)
    })

  /// Of Bayes, the nearest mean and the nearest example; Scripts/simulate-oracles.py, which draws
  /// classes independently.
  private static let mixtures = [
    (2, [0.9227, 0.9198, 0.8270]), (4, [0.7825, 0.7689, 0.6082]), (8, [0.5541, 0.5238, 0.3935]),
  ].map { count, accuracies in
    let family = GaussianMixture {
      $0.classCount = count; $0.exampleCount = 32
    }
    let learners: [any InContextLearner] = [
      family.oracle, NearestCentroid(), NearestNeighbors(1),
    ]
    return OracleValues(
      title: "\(count) Gaussian classes, d 16", family: FamilyConfiguration(family),
      episodes: 4_000, quantity: .score,
      entries: zip(learners, accuracies).map {
        Entry(learner: $0, place: .last, published: $1)
      })
  }

  private static let twoSymbols = chains(2, [0.6931, 0.576, 0.510])
  private static let threeSymbols = chains(3, [1.0986, 1.007, 0.892])

  private static func chains(_ count: Int, _ losses: [Double]) -> OracleValues {
    let learners: [any InContextLearner] = [
      ZeroPredictor(), NGramPosterior(order: 1), NGramPosterior(order: 2),
    ]
    return OracleValues(
      title: "Markov chains of \(count) symbols",
      family: FamilyConfiguration(MarkovChains { $0.symbolCount = count }), episodes: 20_000,
      quantity: .loss,
      entries: zip(learners, losses).map { Entry(learner: $0, place: .mean, published: $1) })
  }
}

extension LinearRegression {
  /// The tasks of von Oswald et al. 2022 as their code has them: ten inputs from `U(-.5, .5)` in ten
  /// dimensions, and a query. The paper says `U(-1, 1)`; every figure of it is of the code.
  static let uniform = LinearRegression {
    $0.dimension = 10; $0.exampleCount = 11; $0.inputs = .uniform; $0.inputScale = 0.5
  }
}
