import Baselines
import Episodes
import Foundation
import RandomKeys
import Testing

@Suite("Bayesian discriminant")
struct BayesianDiscriminantTests {
  /// Three clear groups on the axes of three dimensions, labels of `count` classes.
  func episode(classes: [Float], of count: Int) -> Episode {
    var episode = Episode(
      shape: EpisodeShape(
        exampleCount: classes.count, inputDimension: 3, target: .classes(count)))
    episode.targets = classes
    let noise = RandomKey(seed: 3).normals(classes.count * 3, standardDeviation: 0.1)
    for example in classes.indices {
      for i in 0..<3 {
        episode.inputs[example * 3 + i] =
          noise[example * 3 + i] + (Int(classes[example]) == i ? 2 : 0)
      }
    }
    return episode
  }

  func learner(minimumClassCount: Int) -> BayesianDiscriminant {
    BayesianDiscriminant(
      latentDimension: 8, variance: 1, covariance: 0, spread: 0.2,
      minimumClassCount: minimumClassCount)
  }

  func last(_ episode: Episode, minimumClassCount: Int) throws -> [Float] {
    try learner(minimumClassCount: minimumClassCount).predictions(for: [episode])
      .suffix(episode.shape.target.width)
  }

  @Test("A query far from every seen class is of an unseen one, all of these alike")
  func novelty() throws {
    let known = try last(episode(classes: [0, 1, 0, 1, 1], of: 4), minimumClassCount: 4)
    #expect(known.max() == known[1])
    let novel = try last(episode(classes: [0, 1, 0, 1, 2], of: 4), minimumClassCount: 4)
    #expect(novel[2] == novel[3] && novel[2] > max(novel[0], novel[1]))
  }

  @Test("Relabelling a context relabels the prediction")
  func equivariance() throws {
    let first = try last(episode(classes: [0, 1, 0, 2, 1, 2], of: 3), minimumClassCount: 3)
    var relabelled = episode(classes: [0, 1, 0, 2, 1, 2], of: 3)
    relabelled.targets = [2, 0, 2, 1, 0, 1]
    let second = try last(relabelled, minimumClassCount: 3)
    for (label, other) in [(0, 2), (1, 0), (2, 1)] {
      // Sums in another order: some single-precision roundings.
      #expect(abs(first[label] - second[other]) < 1e-4)
    }
  }

  @Test("The longer classes stay unseen, the less likely they are in use")
  func classCount() throws {
    // The same query after two seen classes; four may be in use, or have to be.
    let classes: [Float] = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 2]
    let open = try last(episode(classes: classes, of: 4), minimumClassCount: 2)
    let closed = try last(episode(classes: classes, of: 4), minimumClassCount: 4)
    // Of m = 2, 3, 4 classes in use: probabilities of these ten labels 1/6 · 2⁻¹⁰, 3/6 · 3⁻¹⁰,
    // 6/6 · 4⁻¹⁰. Next an unseen against a seen class: each weighted with (m-2)/2 and 1.
    let ways = [(2.0, 1.0 / 6), (3.0, 0.5), (4.0, 1.0)].map { used, share in
      (used, (0..<11).reduce(share) { product, _ in product / used })
    }
    let seen = ways.reduce(0) { $0 + $1.1 }
    let unseen = ways.reduce(0) { $0 + $1.1 * ($1.0 - 2) / 2 }
    let shift = Double((open[2] - open[0]) - (closed[2] - closed[0]))
    #expect(abs(shift - log(unseen / seen)) < 1e-3)
  }
}
