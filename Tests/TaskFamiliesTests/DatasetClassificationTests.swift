import Configuration
import Episodes
import RandomKeys
import Storage
import TaskFamilies
import Testing

@Suite("Items of a dataset")
struct DatasetClassificationTests {
  /// The item numbers of 500 episodes, after a check that inputs and labels are those of the items.
  private static func draw(_ change: (inout DatasetSettings) -> Void) throws -> [[Int]] {
    try SampleDataset.with(change) { settings in
      let family = try settings.makeFamily()
      let all = try LabeledItems(settings.dataset)
      return family.episodes(500, key: RandomKey(seed: 3)).map { episode in
        let items = SampleDataset.items(episode.inputs)
        #expect(episode.inputs == items.flatMap { all.items[$0 * 4..<$0 * 4 + 4] })
        #expect(episode.targets == items.map { Float(SampleDataset.labels[$0]) })
        return items
      }
    }
  }

  private static func counts(_ items: some Sequence<Int>, of count: Int) -> [Int] {
    items.reduce(into: [Int](repeating: 0, count: count)) { $0[$1] += 1 }
  }

  @Test("Every item is drawn with equal chances")
  func uniform() throws {
    let counts = Self.counts(try Self.draw { _ in }.joined(), of: 12)
    // 12,000 draws of 12 items; five standard errors.
    let tolerance = 5 * (1000 * 11.0 / 12).squareRoot()
    for count in counts { #expect(abs(Double(count) - 1000) < tolerance) }
  }

  @Test("A balanced family draws classes with equal chances, and items within them")
  func balanced() throws {
    let items = try Self.draw { $0.balanced = true }
    let counts = Self.counts(items.joined(), of: 12)
    let classes = Self.counts(items.joined().map { Int(SampleDataset.labels[$0]) }, of: 3)
    let tolerance = 5 * (4000 * 2.0 / 3).squareRoot()
    for count in classes { #expect(abs(Double(count) - 4000) < tolerance) }
    // Each of the two items of the last class has a sixth of the draws.
    let itemTolerance = 5 * (2000 * 5.0 / 6).squareRoot()
    for item in [3, 9] {
      #expect(abs(Double(counts[item]) - 2000) < itemTolerance)
    }
  }

  @Test("Without replacement the items of an episode differ, in any order")
  func withoutReplacement() throws {
    let items = try Self.draw {
      $0.replacement = false
      $0.exampleCount = 12
    }
    #expect(items.allSatisfy { $0.sorted() == Array(0..<12) })
    for place in [0, 11] {
      // 500 draws of 12 items; five standard errors.
      let tolerance = 5 * (500.0 / 12 * 11 / 12).squareRoot()
      for count in Self.counts(items.map { $0[place] }, of: 12) {
        #expect(abs(Double(count) - 500.0 / 12) < tolerance)
      }
    }
  }

  @Test("The parts of a dataset share no item and leave none out")
  func parts() throws {
    func items(_ part: DatasetPart, _ seed: Int) throws -> Set<Int> {
      Set(
        try Self.draw {
          $0.part = part
          $0.testShare = 0.25
          $0.splitSeed = seed
        }.joined())
    }
    let (train, test) = (try items(.train, 0), try items(.test, 0))
    #expect(train.count == 9 && test.count == 3)
    #expect(train.union(test) == Set(0..<12))
    #expect(try (1..<5).contains { try items(.test, $0) != test })
  }

  /// Settings that the sample does not fit.
  private static let mistakes: [(DatasetSettings, path: String, mention: String)] = {
    func settings(_ change: (inout DatasetSettings) -> Void) -> DatasetSettings {
      DatasetSettings(change)
    }
    return [
      (settings { $0.classCount = 2 }, "classCount", "3 classes"),
      (settings { $0.inputDimension = 5 }, "inputDimension", "2 × 2 = 4"),
      (
        settings {
          $0.part = .test
          $0.testShare = 0
        }, "testShare", "no item"
      ),
      (
        settings {
          $0.replacement = false
          $0.exampleCount = 13
        }, "exampleCount", "12 items"
      ),
      (
        settings {
          $0.replacement = false
          $0.balanced = true
          $0.exampleCount = 3
        }, "exampleCount", "2 items of one class"
      ),
    ]
  }()

  @Test("A dataset that does not fit its settings is refused", arguments: mistakes)
  func refused(settings: DatasetSettings, path: String, mention: String) throws {
    try SampleDataset.with { sample in
      var settings = settings
      settings.dataset = sample.dataset
      let error = #expect(throws: ConfigurationError.self) { _ = try settings.makeFamily() }
      #expect(error?.path == path && error?.message.contains(mention) == true)
    }
  }

  @Test("The extents of episodes are known without the files")
  func shape() throws {
    let settings = DatasetSettings {
      $0.dataset.path = "nowhere.csv"
      $0.classCount = 7
      $0.inputDimension = 784
    }
    #expect(
      settings.episodeShape
        == EpisodeShape(exampleCount: 24, inputDimension: 784, target: .classes(7)))
    #expect(throws: StorageError.missing(path: "nowhere.csv")) { _ = try settings.makeFamily() }
  }
}
