import Baselines
import Episodes
import Foundation
import RandomKeys
import TestSupport
import Testing

// Dimension key
//   N  examples in an episode      D  dimension of an input      H  hypotheses

@Suite("Exact learners of Boolean functions")
struct BooleanTests {
  /// Inputs of ±1, uniform.
  static func signs(_ key: RandomKey, _ count: Int) -> [Float] {
    key.integers(count, below: 2).map { Float(2 * $0 - 1) }
  }

  @Test("A parity is predicted with the share of the sets that fit")
  func parity() throws {
    // Of pairs of three coordinates, signs (1, 1, -1) with product +1 leave {0, 1}.
    let learner = VersionSpaceLearner.sparseParity(dimension: 3, size: 2, convention: .signs)
    let episode = Episode.classification(
      inputs: [1, 1, -1, -1, 1, 1], classes: [1, 0], of: 2)
    let scores = try learner.predictions(for: [episode])
    // Before: one of three pairs has the product +1.
    #expect(abs(Double(scores[1]) - log(1.0 / 3)) < 1e-6)
    #expect(abs(Double(scores[0]) - log(2.0 / 3)) < 1e-6)
    // After: {0, 1} gives the second input -1, so class 0 for certain.
    #expect(scores[2] == 0 && scores[3] == -10)
  }

  @Test("Sparse parity is known when the sets are told apart", arguments: [false, true])
  func sparseParity(_ isSigns: Bool) throws {
    let (dimension, count) = (10, 40)
    let learner = VersionSpaceLearner.sparseParity(
      dimension: dimension, size: 2, convention: isSigns ? .signs : .bits)
    let episodes = (0..<300).map { index in
      let key = RandomKey(seed: 51).folded(with: index)
      let inputs = Self.signs(key.folded(with: 0), count * dimension)
      let set = key.folded(with: 1).permutation(dimension).prefix(2)
      let classes = (0..<count).map { example in
        let product = set.reduce(Float(1)) { $0 * inputs[example * dimension + Int($1)] }
        return (product > 0) == isSigns ? 1 : 0
      }
      return Episode.classification(inputs: inputs, classes: classes, of: 2)
    }
    let curve = try ClassificationScores(learner, episodes).accuracies
    // 45 sets, each halved by an example: after 20, fewer than 45 · 2⁻²⁰ others fit.
    #expect(curve[20...].allSatisfy { $0.mean == 1 })
    #expect(abs(curve[0].mean - 0.5) < 0.12 && curve[4].mean < 0.9)
  }

  @Test("With errors of labels the posterior is Bayes' rule")
  func errors() throws {
    let learner = VersionSpaceLearner(
      name: "pair", weights: [3, 1], errorRate: 0.2
    ) { input, classes in
      classes[0] = input[0] > 0 ? 1 : 0
      classes[1] = 2
    }
    let scores = try learner.last(
      .classification(inputs: [1, -1, 1], classes: [1, 2, 0], of: 3))
    // Likelihoods 0.8 · 0.1 and 0.1 · 0.8: weights 3 to 1. Right with 0.8, each wrong class with 0.1.
    let expected = [0.1, 0.75 * 0.8 + 0.25 * 0.1, 0.75 * 0.1 + 0.25 * 0.8]
    for (score, probability) in zip(scores, expected) {
      #expect(abs(score - log(probability)) < 1e-6)  // single-precision rounding
    }
  }

  /// Conjunctions or disjunctions as Bhattamishra et al. 2023 draw them.
  struct Junction {
    let connective: JunctionBayes.Connective
    let dimension: Int
    let exampleCount: Int
    let forcedShare: Float

    func episode(_ index: Int) -> Episode {
      let key = RandomKey(seed: 52).folded(with: index)
      let literals = key.folded(with: 0).uniforms(dimension).map { draw -> Float in
        draw < 0.15 ? 1 : draw < 0.3 ? -1 : 0
      }
      let isForced = key.folded(with: 1).uniforms(exampleCount).map { $0 < forcedShare }
      var inputs = BooleanTests.signs(key.folded(with: 2), exampleCount * dimension)
      let classes = (0..<exampleCount).map { example -> Int in
        for i in 0..<dimension where isForced[example] && literals[i] != 0 {
          inputs[example * dimension + i] = literals[i] * (connective == .conjunction ? 1 : -1)
        }
        let products = (0..<dimension).map { literals[$0] * inputs[example * dimension + $0] }
        return switch connective {
        case .conjunction: products.allSatisfy { $0 >= 0 } ? 1 : 0
        case .disjunction: products.contains { $0 > 0 } ? 1 : 0
        }
      }
      return .classification(inputs: inputs, classes: classes, of: 2)
    }

    /// Probability of class 1 for each example, by summing over all `3ᴰ` junctions.
    func probabilities(_ episode: Episode) -> [Double] {
      var weights: [(literals: [Float], weight: Double)] = [([], 1)]
      for _ in 0..<dimension {
        weights = weights.flatMap { item in
          [(Float(0), 0.7), (1, 0.15), (-1, 0.15)].map {
            (item.literals + [$0.0], item.weight * $0.1)
          }
        }
      }
      let share = Double(forcedShare)
      return (0..<exampleCount).map { example in
        let input = episode.inputs[example * dimension..<(example + 1) * dimension]
        var masses = [0.0, 0.0]
        let label = Int(episode.targets[example])
        for index in weights.indices {
          let (literals, weight) = weights[index]
          let products = zip(literals, input).map { $0 * $1 }
          let length = literals.count { $0 != 0 }
          let isForcedSide: Bool
          let own: Int
          switch connective {
          case .conjunction:
            isForcedSide = products.allSatisfy { $0 >= 0 }
            own = isForcedSide ? 1 : 0
          case .disjunction:
            isForcedSide = products.allSatisfy { $0 <= 0 }
            own = isForcedSide ? 0 : 1
          }
          let density = 1 - share + (isForcedSide ? share * pow(2, Double(length)) : 0)
          masses[own] += weight * density
          weights[index].weight = own == label ? weight * density : 0
        }
        return masses[1] / (masses[0] + masses[1])
      }
    }
  }

  @Test(
    "The closed form is the sum over all junctions",
    arguments: [JunctionBayes.Connective.conjunction, .disjunction], [Float(0), 0.3])
  func enumeration(_ connective: JunctionBayes.Connective, _ share: Float) throws {
    let junction = Junction(
      connective: connective, dimension: 6, exampleCount: 20, forcedShare: share)
    let learner = JunctionBayes(connective, forcedShare: Double(share))
    for index in 0..<30 {
      let episode = junction.episode(index)
      let scores = try learner.predictions(for: [episode])
      for (example, expected) in junction.probabilities(episode).enumerated() {
        let odds = Double(scores[example * 2 + 1] - scores[example * 2])
        // Odds beyond e¹⁰ are cut off, and differences of sums lose some digits.
        #expect(abs(1 / (1 + exp(-odds)) - expected) < 1e-4)
      }
    }
  }

  @Test("In 28 dimensions conjunctions are learned, and sooner than by neighbours")
  func conjunctions() throws {
    let junction = Junction(
      connective: .conjunction, dimension: 28, exampleCount: 41, forcedShare: 0.3)
    let episodes = (0..<100).map { junction.episode($0) }
    func accuracy(_ learner: some InContextLearner) throws -> Double {
      try ClassificationScores(learner, episodes).accuracy(at: 21..<41)
    }
    let best = try accuracy(JunctionBayes(.conjunction))
    // Averages of 2,000 predictions; the errors are below 0.02.
    #expect(try best > accuracy(NearestNeighbors(3)) + 0.06)
    #expect(best > 0.97)
  }
}
