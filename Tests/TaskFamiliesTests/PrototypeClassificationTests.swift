import Baselines
import Configuration
import Episodes
import RandomKeys
import TaskFamilies
import TestSupport
import Testing

@Suite("Prototype classification")
struct PrototypeClassificationTests {
  let key = RandomKey(seed: 31)

  /// The label of each prototype in the latent, -1 where it is not used.
  func labels(_ episode: Episode, _ settings: PrototypeSettings) -> [Float] {
    var labels = [Float](repeating: -1, count: settings.classCount)
    for place in 1...settings.classCount where episode.latent[place] >= 0 {
      labels[Int(episode.latent[place])] = episode.latent[place + settings.classCount]
    }
    return labels
  }

  @Test("Without spread an input is the projection of the prototype of its label")
  func projection() throws {
    for base in PrototypeBase.allCases {
      let configuration = PrototypeSettings {
        $0.classCount = 4; $0.minimumClassCount = 2; $0.latentDimension = 3; $0.inputDimension = 5;
        $0.spread = 1e-3; $0.base = base; $0.exampleCount = 12
      }
      let family = PrototypeClassification(configuration)
      for episode in family.episodes(50, key: key) {
        let labels = labels(episode, configuration)
        let projection = Array(episode.latent[9..<24])
        let prototypes = family.prototypes ?? Array(episode.latent[24...])
        for example in 0..<12 {
          let prototype = try #require(labels.firstIndex(of: episode.targets[example]))
          for i in 0..<5 {
            let expected = (0..<3).reduce(Float(0)) {
              $0 + prototypes[prototype * 3 + $1] * projection[$1 * 5 + i]
            }
            // The spread of 0.001 through a row of about unit length; six of it.
            #expect(abs(episode.inputs[example * 5 + i] - expected) < 0.015)
          }
        }
      }
    }
  }

  @Test("The number of classes, their labels and the examples are uniform")
  func labels() {
    let configuration = PrototypeSettings {
      $0.classCount = 4; $0.minimumClassCount = 2; $0.latentDimension = 2; $0.inputDimension = 2;
      $0.exampleCount = 6
    }
    let family = PrototypeClassification(configuration)
    let count = 12_000
    var classCounts: [Float: Int] = [:]
    var permutations: [[Float]: Int] = [:]
    var targets = [Int](repeating: 0, count: 4)
    var shares: [Int] = []
    for episode in family.episodes(count, key: key) {
      let labels = labels(episode, configuration)
      let used = labels.filter { $0 >= 0 }
      #expect(Float(used.count) == episode.latent[0] && Set(used).count == used.count)
      #expect(Set(episode.targets).isSubset(of: used))
      classCounts[episode.latent[0], default: 0] += 1
      if used.count == 4 { permutations[labels, default: 0] += 1 }
      for target in episode.targets { targets[Int(target)] += 1 }
      if used.count == 2 { shares.append(episode.targets.count { $0 == used[0] }) }
    }
    // 4000 expected of each; standard error √(12000 · 1/3 · 2/3) = 52; four of them.
    #expect(classCounts.count == 3)
    for number in classCounts.values { #expect(abs(number - 4000) < 207) }
    // 24 orders in about 4000 tasks: 167 of each, standard error 12.7; five for the many.
    #expect(permutations.count == 24)
    for number in permutations.values { #expect(abs(number - 167) < 65) }
    // 18000 of each label; examples of a task share its labels, which adds
    // 72000 · (5/3 - 1) of variance at most beyond the binomial: standard error below 300.
    for number in targets { #expect(abs(number - 18_000) < 1200) }
    // With two classes the first has 3 of 6 examples: standard error √(6/4 / 4000) = 0.019.
    let mean = Double(shares.reduce(0, +)) / Double(shares.count)
    #expect(abs(mean - 3) < 0.078)
  }

  @Test("Projections have variance 1/K and items their spread")
  func moments() {
    let configuration = PrototypeSettings {
      $0.classCount = 2; $0.latentDimension = 8; $0.inputDimension = 3; $0.spread = 0.5;
      $0.base = .fresh; $0.exampleCount = 2
    }
    let family = PrototypeClassification(configuration)
    var projection = 0.0
    var prototypes = 0.0
    var within = 0.0
    var pairs = 0.0
    let count = 20_000
    for episode in family.episodes(count, key: key) {
      let latent = episode.latent.map(Double.init)
      projection += latent[5..<29].meanSquare
      prototypes += latent[29...].meanSquare
      guard episode.targets[0] == episode.targets[1] else { continue }
      pairs += 1
      for i in 0..<3 {
        let difference = Double(episode.inputs[i] - episode.inputs[3 + i])
        within += difference * difference / 3
      }
    }
    // Relative standard errors √(2/n) of n = 480000 and 320000 squares; four of them.
    #expect(abs(projection / Double(count) * 8 - 1) < 0.0082)
    #expect(abs(prototypes / Double(count) - 1) < 0.01)
    // A difference has variance 2 s² = 0.5. Each of about 10000 pairs has a relative variance of
    // 2/3 · (1 + 2/8) + 2/8 = 1.08 at most: standard error 0.0104; four of them.
    #expect(abs(within / pairs / 0.5 - 1) < 0.042)
  }

  @Test("A fixed base is shared and named by its seed, a fresh one is neither")
  func bases() {
    let first = PrototypeClassification(PrototypeSettings())
    let again = PrototypeClassification(PrototypeSettings { $0.spread = 1 })
    let other = PrototypeClassification(PrototypeSettings { $0.baseSeed = 1 })
    #expect(first.prototypes?.count == 5 * 16)
    #expect(first.prototypes == again.prototypes && first.prototypes != other.prototypes)
    let configuration = PrototypeSettings { $0.base = .fresh }
    let fresh = PrototypeClassification(configuration)
    let offset = 1 + 2 * 5 + 16 * 16
    #expect(fresh.prototypes == nil)
    #expect(Set(fresh.episodes(10, key: key).map { $0.latent[offset...] }).count == 10)
  }

  @Test(
    "With a bias so many tasks keep the numbers of the prototypes as labels, and no others change")
  func labelBias() throws {
    let plain = PrototypeSettings {
      $0.classCount = 4; $0.minimumClassCount = 2
    }
    let biased = PrototypeSettings {
      $0.classCount = 4; $0.minimumClassCount = 2; $0.labelBias = 0.75
    }
    let count = 4000
    var kept = 0
    for (episode, other) in zip(
      PrototypeClassification(biased).episodes(count, key: key),
      PrototypeClassification(plain).episodes(count, key: key))
    {
      let labels = labels(episode, biased)
      let isKept = labels.enumerated().allSatisfy { $1 < 0 || $1 == Float($0) }
      if isKept { kept += 1 } else { #expect(episode == other) }
      #expect(episode.inputs == other.inputs)
    }
    // Of tasks with 2, 3 and 4 classes 1/12, 1/24 and 1/24 keep them by chance, 1/18 of all:
    // 3/4 + 1/4 · 1/18 = 0.7639; standard error √(0.76 · 0.24 / 4000) = 0.0068; four of them.
    #expect(abs(Double(kept) / Double(count) - 0.7639) < 0.027)
    let problem = try #require(throws: SettingProblem.self) {
      try PrototypeSettings {
        $0.base = .fresh; $0.labelBias = 0.5
      }.check()
    }
    #expect(problem.setting == "labelBias")
  }

  @Test("A pool fixes projection, classes and labels, but not examples")
  func pool() throws {
    let pool = Pool(of: PrototypeSettings { $0.minimumClassCount = 2 }) { $0.taskCount = 3 }
    let episodes = try pool.makeFamily().episodes(100, key: key)
    #expect(Set(episodes.map(\.latent)).count == 3)
    #expect(Set(episodes.map(\.inputs)).count == 100)
  }

  @Test("The strongest learner is among the learners")
  func oracle() {
    let family = PrototypeClassification(PrototypeSettings())
    #expect(family.oracle is BayesianDiscriminant)
    #expect(family.learners.contains { $0.name == family.oracle.name })
  }
}
