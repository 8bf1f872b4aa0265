import Episodes
import RandomKeys
import TaskFamilies
import Testing

@Suite("Sampling is a function of the key")
struct DeterminismTests {
  static let families: [FamilyConfiguration] = [
    .linearRegression(LinearRegressionConfiguration(noise: 0.5)),
    .linearRegression(LinearRegressionConfiguration(dimension: 20, taskCount: 4)),
    .prototypeClassification(PrototypeClassificationConfiguration()),
    .prototypeClassification(
      PrototypeClassificationConfiguration(
        minimumClassCount: 2, latentDimension: 3, inputDimension: 5, base: .fresh, taskCount: 4)),
    .prototypeClassification(PrototypeClassificationConfiguration(latentDimension: 70)),
  ]

  @Test("Episodes do not depend on order or on what a buffer held", arguments: families)
  func order(_ configuration: FamilyConfiguration) {
    let family = configuration.makeFamily()
    let key = RandomKey(seed: 5)
    let episodes = family.episodes(20, key: key)
    var buffer = Episode(shape: family.episodeShape)
    for index in (0..<20).reversed() {
      family.sample(key.folded(with: index), into: &buffer)
      #expect(buffer == episodes[index])
    }
    #expect(Set(episodes.map(\.inputs)).count == 20)
    let again = configuration.makeFamily().episodes(20, key: key)
    #expect(again == episodes)
  }

  @Test("A longer episode begins with the shorter one of the same key")
  func prefixes() {
    let short = PrototypeClassification(PrototypeClassificationConfiguration(exampleCount: 9))
    let long = PrototypeClassification(PrototypeClassificationConfiguration(exampleCount: 200))
    let key = RandomKey(seed: 6)
    #expect(long.episode(key).inputs.prefix(9 * 16) == short.episode(key).inputs[...])
    #expect(long.episode(key).targets.prefix(9) == short.episode(key).targets[...])
  }
}
