import Baselines
import Configuration
import Episodes
import Foundation
import RandomKeys
import TaskFamilies
import Testing

@Suite("Bursty prototypes")
struct BurstyPrototypesTests {
  let key = RandomKey(seed: 45)

  /// The row of `means` nearest to the input of an example, scaled as items are, and its squared
  /// distance from it.
  func nearest(
    _ means: ArraySlice<Float>, _ episode: Episode, _ example: Int, spread: Double
  ) -> (row: Int, distance: Double) {
    let width = episode.shape.inputDimension
    let scale = 1 / (1 + spread * spread).squareRoot()
    var best = (row: -1, distance: Double.infinity)
    for row in 0..<means.count / width {
      let distance = (0..<width).reduce(0.0) { sum, i in
        let mean = Double(means[means.startIndex + row * width + i])
        let difference = Double(episode.inputs[example * width + i]) - scale * mean
        return sum + difference * difference
      }
      if distance < best.distance { best = (row, distance) }
    }
    return best
  }

  @Test("Sequences are bursty, and of novel classes, as often as settings say")
  func shares() {
    let settings = BurstySettings {
      $0.classCount = 64; $0.dimension = 16; $0.burstyShare = 0.6; $0.novelShare = 0.3
    }
    let family = BurstyPrototypes(settings)
    let count = 10_000.0
    var (novel, bursty) = (0.0, 0.0)
    for episode in family.episodes(Int(count), key: key) {
      novel += Double(episode.latent[0])
      bursty += Double(episode.latent[1])
    }
    // Standard errors √(p (1 - p) / 10000); four of them. Novel sequences are bursty always.
    #expect(abs(novel / count - 0.3) < 0.0184)
    #expect(abs(bursty / count - (0.3 + 0.7 * 0.6)) < 0.018)
  }

  @Test("Each class of a bursty sequence is in its context as often as the burstiness says")
  func bursts() {
    let settings = BurstySettings {
      $0.classCount = 64; $0.labelCount = 8; $0.dimension = 32; $0.novelShare = 0.5;
      $0.burstiness = 2; $0.exampleCount = 13
    }
    let family = BurstyPrototypes(settings)
    var queries = [Int](repeating: 0, count: 6)
    var positions = [Int](repeating: 0, count: 12)
    for episode in family.episodes(2000, key: key) {
      let classes = episode.latent[2..<8].map { Int($0) }
      let isNovel = episode.latent[0] == 1
      var counts: [Int: Int] = [:]
      for example in 0..<13 {
        let burst: Int
        if isNovel {
          burst = nearest(episode.latent[14...], episode, example, spread: 0.1).row
        } else {
          let known = nearest(family.means[...], episode, example, spread: 0.1).row
          burst = classes.firstIndex(of: known) ?? -1
        }
        #expect(burst >= 0 && episode.targets[example] == Float(classes[burst] % 8))
        #expect(episode.targets[example] == episode.latent[8 + burst])
        if example == 12 {
          queries[burst] += 1
        } else {
          counts[classes[burst], default: 0] += 1
          if classes[burst] == classes[0] { positions[example] += 1 }
        }
      }
      for (number, count) in counts { #expect(count == 2 * classes.count { $0 == number }) }
    }
    // A sixth of 2000 queries is of each burst: standard error 16.7; four of it, and a twentieth for
    // bursts of one class, which count as the first of them.
    for count in queries { #expect(abs(count - 333) < 84) }
    // The first class is at each of the twelve places in a sixth of sequences, or somewhat more.
    for count in positions { #expect(count > 333 - 67 && count < 333 + 100) }
  }

  @Test("Without bursts classes are drawn alone, by Zipf's law", arguments: [0, 1, 1.5] as [Float])
  func frequencies(_ exponent: Float) {
    let settings = BurstySettings {
      $0.classCount = 8; $0.labelCount = 4; $0.novelClassCount = 4; $0.dimension = 32;
      $0.burstyShare = 0; $0.zipfExponent = exponent
    }
    let family = BurstyPrototypes(settings)
    var counts = [Double](repeating: 0, count: 8)
    var same = 0.0
    for episode in family.episodes(5000, key: key) {
      #expect(episode.latent[1] == 0 && episode.latent[2] == -1)
      let classes = (0..<9).map {
        nearest(family.means[...], episode, $0, spread: 0.1).row
      }
      for (example, number) in classes.enumerated() {
        counts[number] += 1
        #expect(episode.targets[example] == Float(number % 4))
      }
      if classes[0] == classes[8] { same += 1 }
    }
    let weights = (1...8).map { pow(Double($0), -Double(exponent)) }
    let total = weights.reduce(0, +)
    // 45000 independent draws; four standard errors.
    for (count, weight) in zip(counts, weights) {
      let share = weight / total
      #expect(abs(count / 45_000 - share) < 4 * (share * (1 - share) / 45_000).squareRoot())
    }
    // The query is as independent of the first example as chance has it; four standard errors.
    let chance = weights.reduce(0) { $0 + $1 * $1 } / (total * total)
    #expect(abs(same / 5000 - chance) < 4 * (chance * (1 - chance) / 5000).squareRoot())
  }

  @Test("An unseen query has no copies in the context, whose classes keep their law")
  func unseen() {
    let settings = BurstySettings {
      $0.classCount = 4; $0.labelCount = 2; $0.dimension = 32; $0.burstyShare = 0;
      $0.unseenQuery = true; $0.zipfExponent = 1
    }
    let family = BurstyPrototypes(settings)
    var counts = [Double](repeating: 0, count: 4)
    var total = 0.0
    for episode in family.episodes(5000, key: key) {
      let classes = (0..<9).map {
        nearest(family.means[...], episode, $0, spread: 0.1).row
      }
      #expect(!classes[0..<8].contains(classes[8]))
      guard classes[8] == 1 else { continue }
      for number in classes[0..<8] { counts[number] += 1 }
      total += 8
    }
    // Ranks of weights 1, 1/3 and 1/4 beside the excluded 1/2; four standard errors.
    for (number, weight) in [(0, 1.0), (2, 1.0 / 3), (3, 1.0 / 4)] {
      let share = weight / (1 + 1.0 / 3 + 1.0 / 4)
      #expect(abs(counts[number] / total - share) < 4 * (share * (1 - share) / total).squareRoot())
    }
  }

  @Test("Novel classes are of one task, known ones and their labels of the corpus")
  func novelty() {
    let novel = BurstyPrototypes(BurstySettings { $0.novelShare = 1 })
    let episodes = novel.episodes(300, key: key)
    #expect(Set(episodes.map { $0.latent[6...] }).count == 300)
    let square = episodes.flatMap { $0.latent[6...] }.reduce(0) { $0 + Double($1) * Double($1) }
    // Means have norm 1 on average; 37800 squares: relative standard error 0.0073; four of it.
    #expect(abs(square / 600 - 1) < 0.03)
    let items = episodes.flatMap(\.inputs).reduce(0) { $0 + Double($1) * Double($1) }
    // So have items, which share the means of two classes: standard error √(2/37800) about; five.
    #expect(abs(items / 2700 - 1) < 0.037)

    let swapped = BurstyPrototypes(BurstySettings { $0.swappedLabels = true })
    let plain = BurstyPrototypes(BurstySettings())
    #expect(swapped.means == plain.means && plain.means.count == 512 * 63)
    #expect(BurstyPrototypes(BurstySettings { $0.corpusSeed = 1 }).means != plain.means)
    for (left, right) in zip(plain.episodes(50, key: key), swapped.episodes(50, key: key)) {
      #expect(left.inputs == right.inputs)
      #expect(right.targets == left.targets.map { Float((Int($0) + 1) % 32) })
    }
  }

  @Test("Items vary around their class as the spread says")
  func spread() {
    let family = BurstyPrototypes(
      BurstySettings {
        $0.classCount = 4; $0.labelCount = 4; $0.spread = 0.3
      })
    var distance = 0.0
    for episode in family.episodes(500, key: key) {
      for example in 0..<9 {
        distance += nearest(family.means[...], episode, example, spread: 0.3).distance
      }
    }
    // ε²/(1 + ε²) of 4500 · 63 squares: relative standard error 0.0027; four of it.
    #expect(abs(distance / 4500 / (0.09 / 1.09) - 1) < 0.0106)
  }

  @Test("Labels of bursts are distinct if asked")
  func distinct() {
    for novelShare in [0, 1] as [Float] {
      let family = BurstyPrototypes(
        BurstySettings {
          $0.distinctLabels = true; $0.burstiness = 1; $0.labelCount = 8; $0.novelShare = novelShare
        })
      for episode in family.episodes(200, key: key) {
        let labels = episode.latent[10..<18]
        #expect(Set(labels).count == 8)
        #expect(zip(episode.latent[2..<10], labels).allSatisfy { Int($0) % 8 == Int($1) })
      }
    }
  }

  @Test("The oracle answers queries in context, out of the corpus, and against it")
  func oracle() throws {
    func accuracy(_ settings: BurstySettings) throws -> Double {
      let family = BurstyPrototypes(settings)
      let episodes = family.episodes(100, key: key)
      let predictions = try family.oracle.predictions(for: episodes)
      var correct = 0.0
      for (index, episode) in episodes.enumerated() {
        let scores = predictions[(index * 9 + 8) * 32..<(index * 9 + 9) * 32]
        let best = scores.firstIndex(of: scores.max() ?? 0)
        if best == scores.startIndex + Int(episode.targets[8]) { correct += 1 }
      }
      return correct / 100
    }
    // Items of a class differ by 0.2 of the distance between classes, so hardly any is mistaken; two
    // bursts of different labels may share a novel class in one of 128 sequences.
    let novel = BurstySettings { $0.novelShare = 1 }
    let swapped = BurstySettings { $0.swappedLabels = true }
    let unseen = BurstySettings {
      $0.burstyShare = 0; $0.unseenQuery = true
    }
    for settings in [novel, swapped, unseen] { #expect(try accuracy(settings) >= 0.98) }
  }

  @Test(
    "Settings that do not go together are refused",
    arguments: [
      ("burstiness: 3", "burstiness"),
      ("classCount: 16", "labelCount"),
      ("classCount: 80", "labelCount"),
      ("novelClassCount: 100", "novelClassCount"),
      ("distinctLabels: true, zipfExponent: 1", "distinctLabels"),
      ("distinctLabels: true, labelCount: 2, burstiness: 1", "distinctLabels"),
      ("unseenQuery: true", "unseenQuery"),
      ("burstyShare: 1.5", "burstyShare"),
    ])
  func mistakes(_ settings: String, _ path: String) {
    let yaml = "{kind: burstyPrototypes, \(settings)}"
    let error = #expect(throws: ConfigurationError.self) {
      try ConfigurationDocument(yaml: yaml, name: "test.yaml").decode() as FamilyConfiguration
    }
    #expect(error?.path == path)
  }
}
