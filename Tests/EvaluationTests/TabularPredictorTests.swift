import Baselines
import Episodes
import Evaluation
import RandomKeys
import Storage
import Testing

@Suite("Tabular prediction")
struct TabularPredictorTests {
  private static let key = RandomKey(seed: 11)

  /// Three far clusters in two features of very different scale, and a constant one.
  private static let context = table(
    (0..<12).map { (row: Int) -> (values: [Double], label: String) in
      let position: Double = 10 * Double(row % 3) + 0.01 * Double(row)
      return ([position, 1e6 * Double(row % 2), 4], "class \(row % 3)")
    })

  private static func table(_ rows: [(values: [Double], label: String)]) -> LabeledTable {
    LabeledTable(
      features: FeatureTable(
        source: "made.csv", columns: ["a", "b", "c"], lines: rows.indices.map { $0 + 2 },
        values: rows.flatMap(\.values)),
      target: "kind", labels: rows.map(\.label))
  }

  private static func predictor(_ learner: any InContextLearner, members: Int = 16)
    -> TabularPredictor
  {
    TabularPredictor(
      learner: learner, inputDimension: 16, classCount: 5, memberCount: members, key: key)
  }

  @Test("A nearest neighbour behind projections and permutations still finds the clusters")
  func clusters() throws {
    // The constant feature differs in the query: it must not matter.
    let query = Self.table([
      ([0.2, 1e6, 900], "class 0"), ([10.1, 0, -4], "class 1"), ([19.8, 1e6, 4], "class 2"),
    ])
    let predictor = Self.predictor(NearestNeighbors(1))
    let found = try predictor.probabilities(for: query.features, from: Self.context)
    #expect(found.classes == ["class 0", "class 1", "class 2"])
    #expect(found.labels == query.labels)
    #expect(found.accuracy(against: query.labels) == 1)
    for row in 0..<3 {
      // Sums of three double-precision probabilities.
      let sum: Double =
        found.values[3 * row] + found.values[3 * row + 1] + found.values[3 * row + 2]
      #expect(abs(sum - 1) < 1e-12)
    }
    #expect(try predictor.probabilities(for: query.features, from: Self.context) == found)
  }

  @Test("Classes change places among the model's slots from member to member")
  func places() throws {
    let found = try Self.predictor(ClosureLearner.lastOnly { _ in 0 }, members: 400).probabilities(
      for: Self.context.features.selecting([0]), from: Self.context)
    // Slot zero belongs to each class with probability 1/5, and to none, which is 1/3 for each,
    // with probability 2/5. The standard error of the mean of 400 members is at most 0.025.
    #expect(found.values.allSatisfy { abs($0 - 1.0 / 3) < 0.1 })
    let alone = try Self.predictor(ClosureLearner.lastOnly { _ in 0 }, members: 1).probabilities(
      for: Self.context.features.selecting([0]), from: Self.context)
    #expect(alone.values != found.values)
  }

  @Test("Every member has its own order of the context")
  func orders() throws {
    let context = Self.table(
      (0..<10).map { (row: Int) -> (values: [Double], label: String) in
        ([Double(row), 0, 0], row < 7 ? "often" : "rare")
      })
    let learner = ClosureLearner.lastOnly { Int($0.targets[0]) }
    let found = try Self.predictor(learner, members: 400).probabilities(
      for: context.features.selecting([0]), from: context)
    // The first of ten rows is of the frequent class with probability 0.7; standard error 0.023.
    #expect(abs(found.values[0] - 0.7) < 0.1)
  }

  @Test("Members that explain the context lead, whatever the others say")
  func evidence() throws {
    // Reads a context right only where "yes" stands in its first slot.
    let learner = ClosureLearner(name: "firstSlot") { _, _ in [9, 0] }
    let context = Self.table(
      (0..<6).map { (row: Int) -> (values: [Double], label: String) in
        ([Double(row), 0, 0], row < 5 ? "yes" : "no")
      })
    let predictor = TabularPredictor(
      learner: learner, inputDimension: 2, classCount: 2, memberCount: 4, candidateCount: 64,
      key: Self.key)
    let found = try predictor.probabilities(for: context.features.selecting([0]), from: context)
    #expect(found.classes == ["no", "yes"])
    // Without evidence half of the members would vote for "no".
    #expect(found.values[1] > 0.99)
  }

  @Test("Members see at most as many rows as the limit says, in blocks of bounded size")
  func bounds() throws {
    struct Exceeded: Error {}
    let learner = ClosureLearner(name: "bounded") { episode, _ in
      guard episode.shape.exampleCount <= 6, episode.shape.inputDimension == 4 else {
        throw Exceeded()
      }
      return [0, 0, 0]
    }
    let predictor = TabularPredictor(
      learner: learner, inputDimension: 4, classCount: 3, memberCount: 2, contextLimit: 5,
      key: Self.key)
    let found = try predictor.probabilities(for: Self.context.features, from: Self.context)
    #expect(found.values.count == 12 * 3)
  }

  @Test("More classes than the model knows are refused")
  func tooManyClasses() {
    let predictor = TabularPredictor(
      learner: NearestNeighbors(1), inputDimension: 4, classCount: 2, key: Self.key)
    #expect(
      throws: TableError(source: "made.csv", row: 4, .tooManyClasses(found: 3, known: 2))
    ) { try predictor.probabilities(for: Self.context.features, from: Self.context) }
  }

  @Test("A report has accuracies where truths are known, and counts unseen classes as missed")
  func report() throws {
    let query = Self.table([([0.2, 0, 4], "class 0"), ([10.1, 0, 4], "unheard of")])
    let predictor = Self.predictor(NearestNeighbors(3))
    let baselines = [TabularBaseline(NearestNeighbors(1)), TabularBaseline(NearestCentroid())]
    let report = try TabularReport(
      query: QueryTable(features: query.features, labels: query.labels), context: Self.context,
      predictor: predictor, baselines: baselines)
    #expect(report.order == ["nearestNeighbors3", "nearestNeighbors1", "nearestCentroid"])
    #expect(report.accuracy?["nearestNeighbors3"] == 0.5)
    #expect(report.accuracy?["nearestNeighbors1"] == 0.5)
    #expect(report.rows.map(\.label) == ["class 0", "class 1"])
    #expect(report.rows.map(\.line) == [2, 3])
    #expect(report.rows.map(\.truth) == ["class 0", "unheard of"])
    let blind = try TabularReport(
      query: QueryTable(features: query.features, labels: nil), context: Self.context,
      predictor: predictor, baselines: baselines)
    #expect(blind.accuracy == nil)
    #expect(blind.rows.map(\.label) == report.rows.map(\.label))
  }
}
