import Baselines
import Episodes
import Foundation
import Testing

@Suite("Classifiers on single episodes")
struct ClassifierTests {
  /// An episode in one dimension.
  func episode(inputs: [Float], classes: [Float], of count: Int) -> Episode {
    Episode(inputs: inputs, targets: classes, of: .classes(count))
  }

  /// The scores of the last prediction.
  func last(_ learner: some InContextLearner, _ episode: Episode) throws -> [Float] {
    try learner.predictions(for: [episode]).suffix(episode.shape.target.width)
  }

  func winner(_ scores: [Float]) -> Int? { scores.indices.max { scores[$0] < scores[$1] } }

  @Test("The majority class follows Laplace's rule")
  func majority() throws {
    let scores = try last(
      MajorityClass(), episode(inputs: [0, 0, 0, 0], classes: [2, 0, 2, 1], of: 3))
    // Counts 1, 0, 2 of 3 examples.
    for (score, probability) in zip(scores, [2.0 / 6, 1.0 / 6, 3.0 / 6]) {
      #expect(abs(Double(score) - log(probability)) < 1e-6)  // single-precision rounding
    }
  }

  @Test("Neighbours vote, and a tie goes to the nearest")
  func neighbors() throws {
    let votes = episode(inputs: [0, 1, 2, 9, 0.1], classes: [1, 0, 0, 2, 0], of: 4)
    #expect(winner(try last(NearestNeighbors(3), votes)) == 0)
    #expect(winner(try last(NearestNeighbors(2), votes)) == 1)
    #expect(winner(try last(NearestNeighbors(1), votes)) == 1)
    let scores = try last(NearestNeighbors(1), votes)
    #expect(scores[0] == scores[3] && scores[3] < scores[1] - 4)
  }

  @Test("The nearest centroid wins, and unseen classes rank last")
  func centroids() throws {
    // Means 1 and 10; the query at 5 is nearer to 1, though its nearest example is the one at 6.
    let scores = try last(
      NearestCentroid(), episode(inputs: [0, 2, 14, 6, 5], classes: [0, 0, 1, 1, 0], of: 3))
    #expect(winner(scores) == 0)
    #expect(scores[2] < min(scores[0], scores[1]))
    // Squares within classes 2 + 32, one pseudo-observation: s² = 35/3.
    #expect(abs(scores[0] - scores[1] - (25 - 16) / 2 / (35.0 / 3)) < 1e-5)
  }

  @Test("Without context all classes are alike")
  func noContext() throws {
    let learners: [any InContextLearner] = [
      MajorityClass(), NearestNeighbors(1), NearestCentroid(), LogisticRegression(),
    ]
    for learner in learners {
      let scores = try learner.predictions(
        for: [episode(inputs: [3], classes: [1], of: 4)])
      #expect(Set(scores).count == 1)
    }
  }
}
