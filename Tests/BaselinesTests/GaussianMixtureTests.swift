import Baselines
import Episodes
import Foundation
import RandomKeys
import TestSupport
import Testing

// Dimension key
//   N  examples in an episode      D  dimension of an input      C  classes

@Suite("Classifiers of Gaussian classes")
struct GaussianMixtureTests {
  /// Centres uniform between -1 and 1 in 16 dimensions, spread 1, as Lee et al. 2023 have them,
  /// <https://arxiv.org/abs/2310.08049>.
  struct Mixture {
    let classCount: Int
    let exampleCount = 32
    let dimension = 16

    func centers(_ index: Int) -> [Float] {
      RandomKey(seed: 31).folded(with: index).uniforms(classCount * dimension, in: -1..<1)
    }

    func episode(_ index: Int) -> Episode {
      let key = RandomKey(seed: 32).folded(with: index)
      let labels = key.folded(with: 0).integers(exampleCount, below: classCount).map { Int($0) }
      var inputs = key.folded(with: 1).normals(exampleCount * dimension)
      let centers = centers(index)
      for example in 0..<exampleCount {
        for i in 0..<dimension {
          inputs[example * dimension + i] += centers[labels[example] * dimension + i]
        }
      }
      return .classification(inputs: inputs, classes: labels, of: classCount)
    }

    /// How often the nearest of the true centres is right.
    func accuracyOfCenters(_ episodes: [Episode]) -> Double {
      let hits = episodes.enumerated().reduce(0) { hits, item in
        let centers = centers(item.offset)
        return hits
          + (0..<exampleCount).count { example in
            let distances = (0..<classCount).map { label in
              (0..<dimension).reduce(Float(0)) { sum, i in
                let difference =
                  item.element.inputs[example * dimension + i] - centers[label * dimension + i]
                return sum + difference * difference
              }
            }
            return distances.firstIndex(of: distances.min() ?? 0)
              == Int(item.element.targets[example])
          }
      }
      return Double(hits) / Double(episodes.count * exampleCount)
    }
  }

  /// Gaussian-prior posterior, centroid, nearest neighbour, true centres: shares of a simulation of
  /// 20,000 episodes by another program, with standard errors of 0.0017 to 0.0035.
  @Test(
    "After 31 examples accuracies are those of an independent simulation",
    arguments: [
      (2, [0.9196, 0.9194, 0.8266, 0.9416]), (4, [0.7803, 0.7730, 0.6132, 0.8597]),
      (8, [0.5514, 0.5246, 0.3941, 0.7607]),
    ])
  func accuracies(_ classCount: Int, _ expected: [Double]) throws {
    let mixture = Mixture(classCount: classCount)
    let episodes = (0..<6000).map { mixture.episode($0) }
    let learners: [any InContextLearner] = [
      GaussianMixtureBayes(spread: 1, prior: .gaussian(variance: 1.0 / 3)), NearestCentroid(),
      NearestNeighbors(1),
    ]
    for (learner, accuracy) in zip(learners, expected) {
      let point = try #require(try ClassificationScores(learner, episodes).accuracies.last)
      // Three standard errors of the difference; theirs is that of 20,000 episodes.
      let error = point.standardError * (1 + 6000.0 / 20_000).squareRoot()
      #expect(abs(point.mean - accuracy) < 3 * error, "\(learner.name) \(point)")
    }
    // Here every example counts, so that the error is the other program's.
    #expect(abs(mixture.accuracyOfCenters(episodes) - expected[3]) < 3 * 0.0032)
  }

  /// One class of one dimension, after examples, in comparison with a class without examples.
  func score(_ prior: CenterPrior, _ examples: [Float], _ query: Float) throws -> Double {
    let episode = Episode.classification(
      inputs: examples + [query], classes: examples.map { _ in 0 } + [0], of: 2)
    let scores = try GaussianMixtureBayes(spread: 0.7, prior: prior).last(episode)
    #expect(abs(exp(scores[0]) + exp(scores[1]) - 1) < 1e-6)
    return scores[0] - scores[1]
  }

  @Test(
    "The predictive density is the integral over centres",
    arguments: [CenterPrior.gaussian(variance: 0.4), .uniform(limit: 1)])
  func integral(_ prior: CenterPrior) throws {
    for (examples, query) in [
      ([0.3], 0.1), ([0.9, 1.8, 1.1], 1.4), ([-2, -3], 2), ([-0.5, 0.2, 0.9, 0.1, 0.3], -0.9),
    ] as [([Float], Float)] {
      func integral(_ points: [Float]) -> Double {
        stride(from: -6.0, through: 6, by: 1e-3).reduce(0) { sum, center in
          let density =
            switch prior {
            case .gaussian(let variance): exp(-center * center / (2 * variance))
            // Ends of the interval count half.
            case .uniform(let limit):
              abs(center) < limit - 5e-4 ? 1 : abs(center) < limit + 5e-4 ? 0.5 : 0
            }
          return sum
            + points.reduce(density) { product, point in
              product * exp(-pow(Double(point) - center, 2) / (2 * 0.49))
            }
        }
      }
      let expected = log(
        integral(examples + [query]) * integral([]) / (integral(examples) * integral([query])))
      // The trapezoidal rule on a grid of 10⁻³, and single-precision rounding.
      #expect(abs(try score(prior, examples, query) - expected) < 1e-4)
    }
  }

  @Test("Far outside a uniform prior nothing breaks")
  func tails() throws {
    for query in [50, -300, 3000] as [Float] {
      #expect(try score(.uniform(limit: 1), [0.2, 0.3], query).isFinite)
    }
  }

  @Test("The uniform prior is at least as good as the Gaussian of the same variance")
  func matchingPrior() throws {
    let episodes = (0..<2000).map { Mixture(classCount: 4).episode($0) }
    func loss(_ prior: CenterPrior) throws -> [Double] {
      let scores = try GaussianMixtureBayes(spread: 1, prior: prior).predictions(for: episodes)
      return episodes.indices.map { index in
        (0..<32).reduce(0) { sum, example in
          sum - Double(scores[(index * 32 + example) * 4 + Int(episodes[index].targets[example])])
        }
      }
    }
    let gains = zip(
      try loss(.gaussian(variance: 1.0 / 3)), try loss(.uniform(limit: 1))
    ).map { $0 - $1 }
    // The exact posterior is better on average; the paired difference exceeds three of its errors.
    let sample = Sample(gains)
    #expect(sample.mean > 3 * sample.standardError)
  }

  @Test("A kernel weighs labels by distance")
  func kernel() throws {
    let episode = Episode.classification(
      inputs: [0, 3, 3, 1], classes: [0, 1, 1, 0], of: 3)
    let scores = try KernelClassifier(bandwidth: 2).last(episode)
    // exp(-1/8) against 2 exp(-4/8); the third class is unseen.
    #expect(abs(scores[1] - scores[0] - (log(2) - 3.0 / 8)) < 1e-6)
    #expect(scores[2] < min(scores[0], scores[1]) - 9)
    let sharp = try KernelClassifier(bandwidth: 1e-3).last(episode)
    #expect(sharp[0] > sharp[1] + 1000)
  }
}
