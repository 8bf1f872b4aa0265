import Baselines
import Configuration
import Episodes
import RandomKeys
import Storage
import TaskFamilies
import TestSupport
import Testing

/// The augmentation of Kirsch et al. over a dataset: projections, permutations and a pool of them.
@Suite("General-purpose tasks from one dataset")
struct AugmentationTests {
  private static func family(
    _ settings: DatasetSettings, taskCount: Int
  ) throws -> any TaskFamily {
    let source = settings.dataset
    let yaml = """
      kind: pool
      taskCount: \(taskCount)
      family:
        kind: labelPermutation
        family:
          kind: randomProjection
          inputDimension: 6
          family:
            kind: datasetClassification
            dataset:
              format: idx
              images: \(source.images ?? "")
              labels: \(source.labels ?? "")
            classCount: 3
            inputDimension: 4
            exampleCount: 12
      """
    let configuration: FamilyConfiguration = try ConfigurationDocument(
      yaml: yaml, name: "test.yaml"
    ).decode()
    let family = try configuration.makeFamily()
    #expect(family.episodeShape == configuration.episodeShape)
    #expect(configuration.unlimited.kind == .labelPermutation)
    return family
  }

  @Test("A pool of 2²⁴ tasks is as good as stored", arguments: [4, 1 << 24])
  func pools(_ taskCount: Int) throws {
    try SampleDataset.with { settings in
      let family = try Self.family(settings, taskCount: taskCount)
      let key = RandomKey(seed: 9)
      let episodes = family.episodes(200, key: key)
      let tasks = Set(episodes.map(\.latent))
      // Two of 200 tasks out of 2²⁴ are the same with a probability of 0.1 %.
      #expect(tasks.count == min(taskCount, 200))
      #expect(Set(episodes.map(\.inputs)).count == 200)
      #expect(try Self.family(settings, taskCount: taskCount).episodes(200, key: key) == episodes)
      var buffer = family.makeEpisode()
      for index in (0..<200).reversed() {
        family.sample(key.folded(with: index), into: &buffer)
        #expect(buffer == episodes[index])
      }
    }
  }

  @Test("Within a task an item keeps its input and its label")
  func consistency() throws {
    try SampleDataset.with { settings in
      let family = try Self.family(settings, taskCount: 2)
      var seen: [[Float]: [[Float]: Float]] = [:]
      for episode in family.episodes(100, key: RandomKey(seed: 10)) {
        for example in 0..<12 {
          let input = Array(episode.inputs[example * 6..<example * 6 + 6])
          let target = episode.targets[example]
          let earlier = seen[episode.latent, default: [:]].updateValue(target, forKey: input)
          #expect(earlier == nil || earlier == target)
        }
      }
      #expect(seen.count == 2 && seen.values.allSatisfy { $0.count == 12 })
    }
  }

  @Test("Random associations are recalled without a mistake, and guessed before")
  func recall() throws {
    let family = RandomAssociations {
      $0.order = .cyclic
      $0.exampleCount = 16
    }
    let episodes = family.episodes(400, key: RandomKey(seed: 11))
    for episode in episodes { #expect(Set(episode.inputs).count == 8 * 16) }
    let scores = try ClassificationScores(family.oracle, episodes)
    #expect(scores.accuracy(at: 8..<16) == 1)
    // 3200 guesses of one in five labels; five standard errors.
    let standardError = (0.2 * 0.8 / 3200).squareRoot()
    #expect(abs(scores.accuracy(at: 0..<8) - 0.2) < 5 * standardError)
  }

  @Test("Random associations have normal items, of which as many appear as chance says")
  func items() {
    let random = RandomAssociations().episodes(200, key: RandomKey(seed: 12))
    let itemCounts = random.map { episode in
      Set(stride(from: 0, to: 24 * 16, by: 16).map { episode.inputs[$0] }).count
    }
    let mean = Double(itemCounts.reduce(0, +)) / 200
    // Of 8 items 8 (1 - (7/8)²⁴) = 7.675 appear, with a standard deviation of 0.53.
    let standardError = 0.53 / 200.0.squareRoot()
    #expect(abs(mean - 7.675) < 5 * standardError)
    // 25600 standard normal numbers and 1600 uniform labels below 5, of mean 2 and variance 2; four
    // standard errors.
    let items = random.flatMap { $0.latent[..<128] }
    let labels = random.flatMap { $0.latent[128...] }
    let errors = (items: (2.0 / 25_600).squareRoot(), labels: (2.0 / 1600).squareRoot())
    #expect(abs(items.meanSquare - 1) < 4 * errors.items)
    let meanLabel = Double(labels.reduce(0, +)) / 1600
    #expect(abs(meanLabel - 2) < 4 * errors.labels)
  }
}
