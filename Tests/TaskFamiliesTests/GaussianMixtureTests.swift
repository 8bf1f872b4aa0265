import Baselines
import Episodes
import RandomKeys
import TaskFamilies
import TestSupport
import Testing

@Suite("Gaussian mixtures")
struct GaussianMixtureTests {
  let key = RandomKey(seed: 43)

  @Test(
    "Classes are uniform, inputs lie around their centre", arguments: InputDistribution.allCases)
  func moments(_ distribution: InputDistribution) {
    let family = GaussianMixture {
      $0.classCount = 3; $0.dimension = 4; $0.exampleCount = 10; $0.centers = distribution;
      $0.limit = 2; $0.spread = 0.5
    }
    var counts = [Double](repeating: 0, count: 3)
    var (center, within, mean) = (0.0, 0.0, 0.0)
    let episodes = family.episodes(4000, key: key)
    for episode in episodes {
      center += episode.latent.meanSquare
      for example in 0..<10 {
        let label = Int(episode.targets[example])
        counts[label] += 1
        for i in 0..<4 {
          let difference = Double(
            episode.inputs[example * 4 + i] - episode.latent[label * 4 + i])
          within += difference * difference
          mean += difference
        }
      }
    }
    // 13333 of each, independent: standard error 94; four of it.
    for count in counts { #expect(abs(count - 40_000 / 3) < 377) }
    // Both distributions of centres have variance limit²/3; relative standard error √(2/48000); four.
    #expect(abs(center / 4000 / (4.0 / 3) - 1) < 0.026)
    // 160000 squares of variance ¼: relative standard error √(2/160000); four.
    #expect(abs(within / 160_000 / 0.25 - 1) < 0.0142)
    #expect(abs(mean / 160_000) < 4 * 0.5 / 400)
  }

  @Test("Uniform centres stay within their limit, Gaussian ones do not")
  func centers() {
    func greatest(_ distribution: InputDistribution) -> Float {
      let family = GaussianMixture { $0.centers = distribution }
      return family.episodes(50, key: key).flatMap(\.latent).map(abs).max() ?? 0
    }
    #expect(greatest(.uniform) < 1 && greatest(.uniform) > 0.99)
    #expect(greatest(.gaussian) > 1.2)
  }

  @Test("A pool fixes centres, not examples")
  func pool() throws {
    let pool = Pool(of: GaussianMixture()) { $0.taskCount = 3 }
    let episodes = try pool.makeFamily().episodes(100, key: key)
    #expect(Set(episodes.map(\.latent)).count == 3)
    #expect(Set(episodes.map(\.inputs)).count == 100)
  }

  @Test(
    "After 31 examples learners are as accurate as simulations say",
    arguments: [
      (2, [0.916, 0.914, 0.828]), (4, [0.787, 0.778, 0.623]), (8, [0.570, 0.552, 0.411]),
    ])
  func accuracy(_ classCount: Int, _ expected: [Double]) throws {
    let family = GaussianMixture { $0.classCount = classCount }
    let episodes = family.episodes(3000, key: key)
    let learners: [any InContextLearner] = [
      GaussianMixtureBayes(spread: 1, prior: .gaussian(variance: 1 / 3)), NearestCentroid(),
      NearestNeighbors(1),
    ]
    for (learner, expected) in zip(learners, expected) {
      let accuracy = try ClassificationScores(learner, episodes).accuracy(at: [31])
      // Three standard errors of 3000 predictions.
      #expect(abs(accuracy - expected) < 3 * (expected * (1 - expected) / 3000).squareRoot())
    }
  }

  @Test("The strongest learner is among the learners")
  func oracle() {
    let family = GaussianMixture()
    #expect(family.learners.contains { $0.name == family.oracle.name })
  }
}
