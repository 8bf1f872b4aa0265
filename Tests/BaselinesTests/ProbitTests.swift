import Baselines
import Episodes
import Foundation
import RandomKeys
import TestSupport
import Testing

// Dimension key
//   N  examples in an episode      D  dimension of an input

@Suite("Linear classification")
struct ProbitTests {
  /// `sign(w · x)` with standard normal weights and inputs, as Garg et al. 2022 have it.
  static func episodes(_ count: Int, dimension: Int, exampleCount: Int) -> [Episode] {
    let setting = SampledRegression(dimension: dimension, exampleCount: exampleCount)
    return setting.episodes(count, seed: 41).map { episode in
      .classification(
        inputs: episode.inputs, classes: episode.targets.map { $0 > 0 ? 1 : 0 }, of: 2)
    }
  }

  @Test("In 20 dimensions accuracies are those computed before")
  func accuracies() throws {
    let episodes = Self.episodes(3000, dimension: 20, exampleCount: 101)
    let table: [(any InContextLearner, [Double])] = [
      (ClassRegression(Averaging()), [0.68, 0.71, 0.77, 0.84]),
      (ClassRegression(RidgeRegression(penalty: 1)), [0.67, 0.72, 0.81, 0.89]),
      (NearestNeighbors(3), [0.60, 0.63, 0.68, 0.70]),
    ]
    for (learner, expected) in table {
      let curve = try ClassificationScores(learner, episodes).accuracies
      for (k, accuracy) in zip([10, 20, 40, 100], expected) {
        // Two digits were published, from a simulation of their own: 0.005, and three errors here.
        #expect(
          abs(curve[k].mean - accuracy) < 0.005 + 3 * curve[k].standardError,
          "\(learner.name) \(k) \(curve[k])")
      }
    }
  }

  @Test("Expectation propagation predicts better than ridge and logistic regression")
  func comparison() throws {
    let episodes = Self.episodes(300, dimension: 10, exampleCount: 61)
    let best = try Self.hits(BayesianProbit(), episodes)
    let others: [any InContextLearner] = [
      ClassRegression(RidgeRegression(penalty: 1)), LogisticRegression(),
    ]
    for other in others {
      let gains = zip(best, try Self.hits(other, episodes)).map { $0 - $1 }
      let sample = Sample(gains)
      // Paired over episodes, more than three standard errors.
      #expect(sample.mean > 3 * sample.standardError, "\(other.name) \(sample.mean)")
    }
  }

  /// How many predictions of each episode are right.
  static func hits(_ learner: some InContextLearner, _ episodes: [Episode]) throws -> [Double] {
    let scores = try learner.predictions(for: episodes)
    let count = episodes[0].shape.exampleCount
    return episodes.indices.map { index in
      Double(
        (0..<count).count { example in
          let start = (index * count + example) * 2
          return (scores[start + 1] > scores[start]) == (episodes[index].targets[example] == 1)
        })
    }
  }

  @Test("One example constrains a half plane exactly")
  func halfPlane() throws {
    // Of w in two dimensions with w₀ > 0, a query at angle a is positive with probability 1 - a/π.
    // One Gaussian factor has the right mean and variance, not the right shape: m = √(2/π) cos a,
    // V = 1 - (2/π) cos² a.
    for angle in [0.1, 0.7, 1.5, 2.6] {
      let episode = Episode.classification(
        inputs: [1, 0, Float(cos(angle)), Float(sin(angle))], classes: [1, 0], of: 2)
      let scores = try BayesianProbit(noise: 1e-4).last(episode)
      let argument =
        (2 / Double.pi).squareRoot() * cos(angle)
        / (1 - 2 / Double.pi * pow(cos(angle), 2)).squareRoot()
      let expected = 0.5 * erfc(-argument / 2.0.squareRoot())
      #expect(abs(exp(scores[1]) - expected) < 1e-5)
      #expect(abs(exp(scores[1]) - (1 - angle / .pi)) < 0.08)
    }
  }

  @Test("Probabilities are close to those of weights drawn from the posterior")
  func posterior() throws {
    let (dimension, count) = (3, 9)
    let weights = (0..<40_000).map { RandomKey(seed: 43).folded(with: $0).normals(dimension) }
    for episode in Self.episodes(20, dimension: dimension, exampleCount: count) {
      func sign(_ weight: [Float], _ example: Int) -> Float {
        let product = (0..<dimension).reduce(Float(0)) {
          $0 + weight[$1] * episode.inputs[example * dimension + $1]
        }
        return product > 0 ? 1 : 0
      }
      let consistent = weights.filter { weight in
        (0..<count - 1).allSatisfy { sign(weight, $0) == episode.targets[$0] }
      }
      guard consistent.count > 400 else { continue }
      let share = consistent.reduce(0) { $0 + Double(sign($1, count - 1)) }
      let probability = exp(try BayesianProbit().last(episode)[1])
      // Three standard errors of 400 draws are 0.075; the approximation itself errs by a few hundredths.
      #expect(abs(probability - share / Double(consistent.count)) < 0.1)
    }
  }

  @Test("Contradictions are borne")
  func contradiction() throws {
    let episode = Episode.classification(
      inputs: [1, 1, 1, 1, 1, 1, 1], classes: [1, 0, 1, 0, 0, 1, 0], of: 2)
    let scores = try BayesianProbit().last(episode)
    // Three against three.
    #expect(abs(scores[0] - scores[1]) < 0.1)
  }
}
