import Baselines
import Episodes
import RandomKeys
import TaskFamilies
import Testing

@Suite("Sampling is a function of the key")
struct DeterminismTests {
  static let families: [FamilyConfiguration] =
    [
      FamilyConfiguration(LinearRegression { $0.noise = 0.5 }),
      FamilyConfiguration(Pool(of: LinearRegression { $0.dimension = 20 }) { $0.taskCount = 4 }),
      FamilyConfiguration(PrototypeSettings()),
      FamilyConfiguration(Pool(of: freshPrototypes) { $0.taskCount = 4 }),
      FamilyConfiguration(PrototypeSettings { $0.latentDimension = 70 }),
      FamilyConfiguration(MarkovChains { $0.start = .stationary }),
      FamilyConfiguration(MarkovChains { $0.transitions = .doublyStochastic }),
      FamilyConfiguration(MarkovChains { $0.transitions = .independent }),
      FamilyConfiguration(GINCSettings { $0.form = .prompts }),
      FamilyConfiguration(
        GINCSettings {
          $0.form = .prompts
          $0.outOfDistribution = true
        }),
      FamilyConfiguration(AssociativeRecall { $0.form = .sequence }),
    ] + FamilyKind.allCases.map { FamilyConfiguration($0) }

  private static let freshPrototypes = PrototypeSettings {
    $0.minimumClassCount = 2
    $0.latentDimension = 3
    $0.inputDimension = 5
    $0.base = .fresh
  }

  @Test(
    "Episodes do not depend on order, on what a buffer held or on who else draws",
    arguments: families)
  func order(_ configuration: FamilyConfiguration) throws {
    let family = try configuration.makeFamily()
    let key = RandomKey(seed: 5)
    let episodes = family.episodes(20, key: key)
    var buffer = family.makeEpisode()
    for index in (0..<20).reversed() {
      family.sample(key.folded(with: index), into: &buffer)
      #expect(buffer == episodes[index])
    }
    let concurrent = concurrentMap(count: 20) { family.episode(key.folded(with: $0)) }
    #expect(concurrent == episodes)
    #expect(Set(episodes.map(\.inputs)).count == 20)
    let again = try configuration.makeFamily().episodes(20, key: key)
    #expect(again == episodes)
  }

  @Test("A longer episode begins with the shorter one of the same key")
  func prefixes() {
    let short = PrototypeClassification(PrototypeSettings { $0.exampleCount = 9 })
    let long = PrototypeClassification(PrototypeSettings { $0.exampleCount = 200 })
    let key = RandomKey(seed: 6)
    #expect(long.episode(key).inputs.prefix(9 * 16) == short.episode(key).inputs[...])
    #expect(long.episode(key).targets.prefix(9) == short.episode(key).targets[...])
    for form in GINCForm.allCases {
      let short = GINC(
        GINCSettings {
          $0.form = form; $0.exampleCount = 70
        })
      let long = GINC(GINCSettings { $0.form = form })
      #expect(long.episode(key).inputs.prefix(70) == short.episode(key).inputs[...])
    }
  }
}
