import Baselines
import Episodes
import Evaluation
import Foundation
import RandomKeys
import TaskFamilies
import Testing

@Suite("Algorithm identification")
struct IdentificationTests {
  /// Von Oswald's tasks: ten dimensions, ten examples, inputs uniform in -½ ... ½.
  static let query = FamilyConfiguration(
    LinearRegression {
      $0.dimension = 10; $0.exampleCount = 11; $0.inputs = .uniform; $0.inputScale = 0.5
    })
  static let small = FamilyConfiguration(
    LinearRegression {
      $0.dimension = 3; $0.exampleCount = 7
    })

  private static func identification(
    _ trained: FamilyConfiguration, contextLengths: [Int]? = nil, episodes: Int = 200
  ) throws -> AlgorithmIdentification {
    try AlgorithmIdentification(
      tasks: IdentificationTasks(name: "tasks", drawn: trained.unlimited, trained: trained),
      episodeCount: episodes, contextLengths: contextLengths, searchContextCount: 1500,
      bootstrap: Bootstrap(resamples: 200), key: RandomKey(seed: 8))
  }

  /// Made once for all models that are told on the same tasks.
  private static let ofQuery = Result { try identification(query, contextLengths: [10]) }
  private static let ofSmall = Result { try identification(small) }
  private static let ofPool = Result { try identification(pool) }

  private static func candidate(
    _ name: String, _ identification: Identification
  ) throws -> CandidateComparison {
    try #require(identification.candidates.first { $0.name == name })
  }

  @Test("One step of gradient descent is told, with its learning rate")
  func oneStep() throws {
    let model = GradientDescent(stepCount: 1, learningRate: 120 / 19.8)
    let result = try Self.ofQuery.get().identify(model)
    #expect(result.verdict.kind == .identified)
    #expect(
      result.verdict.sentence.hasPrefix("One step of gradient descent (learning rate "),
      "\(result.verdict.sentence)")
    let fitted = try Self.candidate("gradientDescent1Fitted", result)
    let rate = try #require(fitted.constants["learningRate"])
    // The search stops at 10⁻⁶; predictions of the model are single precision.
    #expect(abs(rate / (120 / 19.8) - 1) < 1e-5)
    #expect(fitted.unexplained.value < 1e-9)
    let sensitivity = try #require(fitted.sensitivity)
    #expect(abs(sensitivity.cosine.value - 1) < 1e-6)
    #expect(sensitivity.distance.value < 1e-4 && (fitted.weightDifference?.mean.value ?? 1) < 1e-9)
    // The closed form of the best rate; the loss of 1500 contexts is known to about two in a
    // hundred at its flat bottom.
    let best = try Self.candidate("gradientDescent1Best", result).constants["learningRate"]
    #expect(abs(try #require(best) / (120 / 19.8) - 1) < 0.1)
    // A linear learner is linear.
    #expect(abs((result.linearity?.explained.value ?? 0) - 1) < 1e-6)
  }

  @Test("Least squares is told from ridge regression and many steps of descent")
  func leastSquares() throws {
    let result = try Self.ofSmall.get().identify(LeastSquares())
    #expect(result.verdict.kind == .identified && result.verdict.candidate == "leastSquares")
    #expect(result.verdict.sentence.hasPrefix("Least squares, the oracle of these tasks. "))
    let comparison = try Self.candidate("leastSquares", result)
    #expect(comparison.meanDifference == Estimate(value: 0, low: 0, high: 0))
    #expect(comparison.role == .generalizing)
    #expect(comparison.difference.mean.allSatisfy { $0 == 0 })
    #expect(abs((comparison.sensitivity?.cosine.value ?? 0) - 1) < 1e-6)
    #expect((comparison.predictionDifference?.value ?? 1) == 0)
    let weight = try #require(result.blend.members.first)
    #expect(weight.algorithm == "leastSquares" && weight.weight.value == 1)
    #expect(result.blend.unexplained.value == 0)
  }

  @Test("A penalty is found among penalties", arguments: [0.05, 0.25, 2])
  func ridge(_ penalty: Double) throws {
    let result = try Self.ofSmall.get().identify(RidgeRegression(penalty: penalty))
    #expect(result.verdict.kind == .identified)
    #expect(result.verdict.candidate == "ridgeFitted", "\(result.verdict.sentence)")
    let found = try Self.candidate("ridgeFitted", result).constants["penalty"]
    // The search stops at 10⁻⁶, but the bottom is flat to single precision.
    #expect(abs(try #require(found) / penalty - 1) < 1e-3)
    #expect(result.verdict.sentence.contains("penalty \(penalty == 2 ? "2" : "\(penalty)")"))
  }

  @Test("Descent that adds its examples up is told from descent that averages them")
  func losses() throws {
    let model = GradientDescent(stepCount: 2, learningRate: 0.05, loss: .sum)
    let result = try Self.ofSmall.get().identify(model)
    #expect(result.verdict.candidate == "gradientDescentOnSum2Fitted")
    #expect(result.verdict.sentence.contains("learning rate 0.05 for each example"))
    #expect(!result.candidates.contains { $0.name == "gradientDescent2Fitted" })
  }

  @Test("Descent that transforms its inputs is told, with both constants")
  func transformed() throws {
    let model = GradientDescentPlusPlus(stepCount: 2, learningRate: 13, gamma: 0.175)
    let result = try Self.ofQuery.get().identify(model)
    #expect(result.verdict.kind == .identified)
    let fitted = try Self.candidate("gradientDescentPlusPlus2Fitted", result)
    // The nested search stops at 10⁻⁴.
    #expect(abs(try #require(fitted.constants["gamma"]) / 0.175 - 1) < 0.01)
    #expect(abs(try #require(fitted.constants["learningRate"]) / 13 - 1) < 0.01)
    #expect(fitted.unexplained.value < 1e-4)
  }

  @Test("A blend of two learners gives its weights back")
  func blend() throws {
    let (first, second) = (NearestNeighbors(3), LeastSquares())
    let model = ClosureLearner(name: "blend") { episode, example in
      let parts = try [first, second].map { (learner: any InContextLearner) in
        try learner.predictions(for: [episode])[example]
      }
      return [0.3 * parts[0] + 0.7 * parts[1]]
    }
    let result = try Self.ofSmall.get().identify(model)
    let weights = Dictionary(
      uniqueKeysWithValues: result.blend.members.map { ($0.algorithm, $0.weight) })
    // Single-precision rounding.
    #expect(abs((weights["nearestNeighbors3"]?.value ?? 0) - 0.3) < 1e-4)
    #expect(abs((weights["leastSquares"]?.value ?? 0) - 0.7) < 1e-4)
    #expect(result.blend.unexplained.value < 1e-9)
    #expect(result.verdict.kind == .blend)
    #expect(result.verdict.sentence.contains("0.70 leastSquares + 0.30 nearestNeighbors3"))
  }

  @Test("A random function is none of the known learners")
  func random() throws {
    let model = ClosureLearner(name: "random") { episode, example in
      let bits = episode.inputs[example * 3].bitPattern
      return RandomKey(seed: UInt64(bits)).normals(1)
    }
    let result = try Self.ofSmall.get().identify(model)
    #expect(result.verdict.kind == .unknown)
    #expect(result.verdict.sentence.hasPrefix("None of the known learners: the nearest is "))
    #expect(result.verdict.unexplained.value > 0.9)
    // It has nothing to do with the query but where it begins.
    #expect((result.linearity?.explained.value ?? 1) < 0.1)
  }

  @Test("A model that predicts nothing has learned nothing")
  func silent() throws {
    let result = try Self.ofSmall.get().identify(ZeroPredictor())
    #expect(result.verdict.kind == .silent && result.verdict.sentence.hasPrefix("Nothing yet"))
    #expect(result.modelMeanSquare.value == 0)
  }

  /// Four tasks in three dimensions, with noise.
  private static let pool = FamilyConfiguration(
    Pool {
      $0.taskCount = 4
      $0.family = FamilyConfiguration(
        LinearRegression {
          $0.dimension = 3; $0.exampleCount = 7; $0.noise = 0.5
        })
    })

  @Test(
    "Memorising is told from generalising, and so is what lies between", arguments: [0, 0.4, 1])
  func odds(_ share: Float) throws {
    let memorizing = try Self.pool.makeFamily().oracle
    let generalizing = try Self.pool.unlimited.makeFamily().oracle
    let model = ClosureLearner(name: "strategies") { episode, example in
      let parts = try [memorizing, generalizing].map {
        try $0.predictions(for: [episode])[example]
      }
      return [share * parts[0] + (1 - share) * parts[1]]
    }
    let result = try Self.ofPool.get().identify(model)
    let odds = try #require(result.odds)
    // Single-precision rounding.
    #expect(abs(odds.weight.value - Double(share)) < 1e-5)
    #expect(odds.unexplained.value < 1e-9)
    switch share {
    case 0:
      #expect(odds.logOdds.value < -10)
      #expect(result.verdict.sentence.hasPrefix("Ridge regression, penalty 0.25"))
    case 1:
      #expect(odds.logOdds.value > 10)
      #expect(result.verdict.sentence.hasPrefix("Memorising its 4 training tasks."))
    default:
      #expect(abs(odds.logOdds.value - log(0.4 / 0.6)) < 1e-4)
      #expect(result.verdict.kind == .blend)
    }
  }

  @Test("Classifiers are compared by their probabilities")
  func classes() throws {
    let family = FamilyConfiguration(
      GaussianMixture {
        $0.classCount = 3; $0.dimension = 4; $0.exampleCount = 10
      })
    let result = try Self.identification(family, episodes: 100).identify(NearestCentroid())
    #expect(result.verdict.candidate == "nearestCentroid" && result.verdict.kind == .identified)
    let centroid = try Self.candidate("nearestCentroid", result)
    #expect(centroid.agreement?.value == 1 && centroid.meanDifference.value == 0)
    #expect(centroid.sensitivity == nil && result.linearity == nil)
    let majority = try Self.candidate("majorityClass", result)
    #expect((majority.agreement?.value ?? 1) < 0.9)
    #expect(abs(result.targetMeanSquare - 2.0 / 3) < 1e-15)
  }

  @Test("Learners of sequences are told apart")
  func tokens() throws {
    let family = FamilyConfiguration(
      MarkovChains {
        $0.symbolCount = 3; $0.exampleCount = 30
      })
    let identification = try Self.identification(family, episodes: 60)
    for order in 1...3 {
      let result = try identification.identify(NGramPosterior(order: order))
      #expect(result.verdict.candidate == NGramPosterior(order: order).name)
      #expect(result.verdict.kind == .identified)
    }
  }

  @Test("The same key gives the same result, and the JSON form has the agreed names")
  func json() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let texts = try (0..<2).map { _ in
      try encoder.encode(Self.identification(Self.small, episodes: 40).identify(Averaging()))
    }
    #expect(texts[0] == texts[1])
    let object = try #require(
      try JSONSerialization.jsonObject(with: texts[0]) as? [String: any Sendable])
    let verdict = try #require(object["verdict"] as? [String: any Sendable])
    #expect(verdict["kind"] as? String == "identified")
    #expect(verdict["candidate"] as? String == "averaging")
    let matrix = try #require(object["candidateDifferences"] as? [[Double]])
    #expect(matrix.indices.allSatisfy { matrix[$0][$0] == 0 && matrix[$0].count == matrix.count })
  }
}
