import Baselines
import Episodes
import RandomKeys
import TaskFamilies
import TestSupport
import Testing

@Suite("Linear classification")
struct LinearClassificationTests {
  let key = RandomKey(seed: 41)

  /// `w · x` for an example, in double precision.
  func product(_ episode: Episode, _ example: Int) -> Double {
    let dimension = episode.shape.inputDimension
    return (0..<dimension).reduce(0) {
      $0 + Double(episode.latent[$1]) * Double(episode.inputs[example * dimension + $1])
    }
  }

  @Test("A class is the side of the plane, and both are as frequent")
  func sides() {
    let family = LinearClassification {
      $0.dimension = 7; $0.exampleCount = 13
    }
    var positive = 0.0
    for episode in family.episodes(2000, key: key) {
      for example in 0..<13 {
        #expect(episode.targets[example] == (product(episode, example) > 0 ? 1 : 0))
        positive += Double(episode.targets[example])
      }
    }
    // Labels of an episode are independent, as -x is as likely as x: standard error ½/√26000; five.
    #expect(abs(positive / 26_000 - 0.5) < 5 * 0.5 / 26_000.0.squareRoot())
  }

  @Test("Weights and inputs have their moments, and noise turns classes at its rate")
  func moments() {
    let family = LinearClassification {
      $0.dimension = 4
      $0.exampleCount = 10
      $0.noise = 2
      $0.inputs = .uniform
      $0.inputScale = 3
    }
    let episodes = family.episodes(5000, key: key)
    // Relative standard errors: √(2/20000) of normal, √(0.8/200000) of uniform squares; four each.
    #expect(abs(episodes.flatMap(\.latent).meanSquare - 1) < 0.04)
    #expect(abs(episodes.flatMap(\.inputs).meanSquare / 3 - 1) < 0.008)
    // Noise of 2 on a product is scaled noise: with fixed w the share of labels that differ from the
    // noiseless ones depends on w · x; where |w · x| < 0.1 it is nearly a half, Φ(-0.05) = 0.48 at least.
    var near = 0.0
    var turned = 0.0
    for episode in episodes {
      for example in 0..<10 where abs(product(episode, example)) < 0.1 {
        near += 1
        if (episode.targets[example] == 1) != (product(episode, example) > 0) { turned += 1 }
      }
    }
    // Standard error ½/√n; four of it, and the bias of at most 0.02.
    #expect(near > 500 && abs(turned / near - 0.49) < 0.01 + 2 / near.squareRoot())
  }

  @Test(
    "In twenty dimensions learners are as accurate as simulations say",
    arguments: [
      (ClassRegression(Averaging()) as any InContextLearner, [0.68, 0.71, 0.77]),
      (ClassRegression(RidgeRegression(penalty: 1)), [0.67, 0.72, 0.81]),
      (NearestNeighbors(3), [0.60, 0.63, 0.68]),
    ])
  func accuracy(_ learner: any InContextLearner, _ expected: [Double]) throws {
    let family = LinearClassification {
      $0.dimension = 20; $0.exampleCount = 42
    }
    let scores = try ClassificationScores(learner, family.episodes(2500, key: key))
    for (position, accuracy) in zip([10, 20, 40], expected) {
      let mean = scores.accuracy(at: position - 1...position + 1)
      // 7500 predictions: three standard errors of 0.0057, and the rounding of what is expected.
      #expect(abs(mean - accuracy) < 0.017 + 0.005)
    }
  }

  @Test("The Bayesian learner is the most accurate")
  func strongest() throws {
    let family = LinearClassification { $0.exampleCount = 12 }
    let episodes = family.episodes(600, key: key)
    func accuracy(_ learner: any InContextLearner) throws -> Double {
      try ClassificationScores(learner, episodes).accuracy(at: 4..<12)
    }
    let oracle = try accuracy(family.oracle)
    // 4800 predictions each, of the same episodes: differences have standard errors of about 0.005.
    for learner in family.baselines { #expect(try accuracy(learner) < oracle + 0.01) }
    #expect(oracle > 0.78)
  }

  @Test("The strongest learner is among the learners")
  func oracle() {
    let family = LinearClassification()
    #expect(family.learners.contains { $0.name == family.oracle.name })
  }
}
