import Baselines
import Episodes
import RandomKeys
import TaskFamilies
import TestSupport
import Testing

@Suite("Classes of the greatest product")
struct ArgmaxClassificationTests {
  let key = RandomKey(seed: 42)

  @Test("A class is the vector with the greatest product", arguments: InputDistribution.allCases)
  func definition(_ distribution: InputDistribution) {
    let family = ArgmaxClassification {
      $0.classCount = 5; $0.dimension = 6; $0.exampleCount = 9; $0.classVectors = distribution;
      $0.inputs = distribution
    }
    var counts = [Double](repeating: 0, count: 5)
    var square = 0.0
    let episodes = family.episodes(2000, key: key)
    for episode in episodes {
      for example in 0..<9 {
        let scores = (0..<5).map { label in
          (0..<6).reduce(0.0) {
            $0 + Double(episode.latent[$1 * 5 + label]) * Double(episode.inputs[example * 6 + $1])
          }
        }
        #expect(scores.max() == scores[Int(episode.targets[example])])
        counts[Int(episode.targets[example])] += 1
      }
      square += episode.latent.meanSquare
    }
    // 3600 of each; examples of an episode share its vectors, so count episodes: at most 9 · √2000.
    for count in counts { #expect(abs(count - 3600) < 9 * 4 * (2000 * 0.16).squareRoot()) }
    // Relative standard error of normal squares √(2/60000); four.
    #expect(abs(square / 2000 / distribution.variance(scale: 1) - 1) < 0.023)
  }

  @Test("The strongest learner is among the learners")
  func oracle() {
    let family = ArgmaxClassification()
    #expect(family.learners.contains { $0.name == family.oracle.name })
  }
}
