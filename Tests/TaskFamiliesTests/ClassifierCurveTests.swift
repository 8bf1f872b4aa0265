import Baselines
import Episodes
import Foundation
import RandomKeys
import TaskFamilies
import Testing

/// Context curves of the classifiers on 2000 episodes of five classes; a standard error of an
/// accuracy is at most 0.0112.
@Suite("Context curves of classifiers")
struct ClassifierCurveTests {
  struct Curve {
    var accuracy: [Double]
    /// The mean of `-log p`, in nats.
    var logLoss: [Double]
  }

  static let family = PrototypeClassification(PrototypeSettings())
  static let episodes = family.episodes(2000, key: RandomKey(seed: 77))

  static func curve(_ learner: any InContextLearner, _ episodes: [Episode]) throws -> Curve {
    let predictions = try learner.predictions(for: episodes)
    let shape = episodes[0].shape
    let width = shape.target.width
    var curve = Curve(accuracy: [], logLoss: [])
    for position in 0..<shape.exampleCount {
      var correct = 0.0
      var loss = 0.0
      for (index, episode) in episodes.enumerated() {
        let offset = (index * shape.exampleCount + position) * width
        let scores = predictions[offset..<offset + width].map { Double($0) }
        let label = Int(episode.targets[position])
        let greatest = scores.max() ?? 0
        if scores.firstIndex(of: greatest) == label { correct += 1 }
        loss += greatest + log(scores.reduce(0) { $0 + exp($1 - greatest) }) - scores[label]
      }
      curve.accuracy.append(correct / Double(episodes.count))
      curve.logLoss.append(loss / Double(episodes.count))
    }
    return curve
  }

  @Test("The strongest learner knows new classes when it sees them, and soon all classes")
  func strongest() throws {
    let curve = try Self.curve(Self.family.oracle, Self.episodes)
    // After four examples 1 - 0.8⁴ = 0.59 of the queries are of seen classes. A learner that never
    // errs about these guesses among the U unseen for the others: 0.59 + 0.41 · E[1/U] = 0.79.
    // After 23 examples 0.6 % of the queries are of new classes.
    #expect(abs(curve.accuracy[0] - 0.2) < 0.045)
    #expect(curve.accuracy[4] > 0.74 - 0.045 && curve.accuracy[4] < 0.79 + 0.045)
    #expect(curve.accuracy[23] > 0.99)
    // Without context, the loss of a guess.
    #expect(abs(curve.logLoss[0] - log(5)) < 1e-5)
  }

  @Test("The strongest learner is the strongest, in accuracy and in calibration")
  func ranking() throws {
    let oracle = try Self.curve(Self.family.oracle, Self.episodes)
    for learner in Self.family.baselines
    where learner.name != Self.family.oracle.name && learner.name != "logisticRegression" {
      let curve = try Self.curve(learner, Self.episodes)
      for position in [4, 8, 15] {
        #expect(curve.accuracy[position] < oracle.accuracy[position])
        #expect(curve.logLoss[position] > oracle.logLoss[position])
      }
    }
  }

  @Test("Discriminative baselines learn the seen classes")
  func classical() throws {
    let episodes = Array(Self.episodes.prefix(200))
    for learner in [LogisticRegression(), NearestCentroid(), NearestNeighbors(1)]
      as [any InContextLearner]
    {
      let curve = try Self.curve(learner, episodes)
      // At most the seen share, 0.59 and 0.994, within four standard errors of 200 episodes.
      #expect(curve.accuracy[4] > 0.45 && curve.accuracy[4] < 0.59 + 0.14)
      #expect(curve.accuracy[23] > 0.93)
    }
  }
}
