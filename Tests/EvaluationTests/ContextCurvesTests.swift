import Baselines
import Episodes
import Evaluation
import Foundation
import RandomKeys
import Testing

@Suite("Context curves")
struct ContextCurvesTests {
  private static let key = RandomKey(seed: 7)

  /// Episodes of three examples whose targets are `N(0, 4)`.
  private static func realEpisodes(_ count: Int) -> [Episode] {
    (0..<count).map { index in
      var episode = Episode(
        shape: EpisodeShape(exampleCount: 3, inputDimension: 1, target: .real))
      episode.targets = key.folded(with: 100).folded(with: index)
        .normals(3, standardDeviation: 2)
      return episode
    }
  }

  /// Episodes of three examples of classes 0, 1, 0, or of the tokens 0, 0, 1, 0.
  private static func classEpisodes(
    _ count: Int, target: TargetKind = .classes(3)
  ) -> [Episode] {
    (0..<count).map { _ in
      var episode = Episode(
        shape: EpisodeShape(exampleCount: 3, inputDimension: 1, target: target))
      if target.isSequence { episode.inputs = [0, 0, 1] }
      episode.targets = [0, 1, 0]
      return episode
    }
  }

  private static func offset(_ offset: Float, name: String) -> ClosureLearner {
    ClosureLearner(name: name) { episode, example in [episode.targets[example] + offset] }
  }

  @Test("The zero predictor scores one on average, and an error of 2 scores 4 over the mean square")
  func normalization() throws {
    let episodes = Self.realEpisodes(300)
    let curves = try ContextCurves.measure(
      learners: [ZeroPredictor(), Self.offset(2, name: "two"), Self.offset(0, name: "exact")],
      episodes: episodes, key: Self.key)
    #expect(curves.metric == .normalizedSquaredError)
    #expect(curves.contextLengths == [0, 1, 2])
    let zero = try #require(curves.learners["zero"])
    // Exact but for single-precision squares.
    #expect(abs(zero.mean.reduce(0, +) / 3 - 1) < 1e-5)
    let two = try #require(curves.learners["two"])
    let meanSquare = try #require(curves.targetMeanSquare)
    // Single-precision sums of the target and two.
    #expect(two.mean.allSatisfy { abs($0 - 4 / meanSquare) < 1e-5 })
    #expect(curves.learners["exact"]?.high == [0, 0, 0])
    #expect(curves.logProbability == nil)
  }

  @Test(
    "Accuracy takes the first of equal logits, and log-probability goes with it",
    arguments: [TargetKind.classes(3), .tokens(3)])
  func accuracy(of target: TargetKind) throws {
    let curves = try ContextCurves.measure(
      learners: [ZeroPredictor(), ClosureLearner.firstExample],
      episodes: Self.classEpisodes(5, target: target), key: Self.key)
    #expect(curves.metric == .accuracy)
    #expect(curves.learners["zero"]?.mean == [1, 0, 1])
    #expect(curves.learners["firstExample"]?.mean == [1, 0, 1])
    let uniform = try #require(curves.logProbability?["zero"])
    // Scores are kept in single precision.
    #expect(uniform.mean.allSatisfy { abs($0 - log(1.0 / 3)) < 1e-6 })
    let sure = try #require(curves.logProbability?["firstExample"])
    #expect(abs(sure.mean[2]) < 1e-6 && abs(sure.mean[1] + 30) < 1e-5)
  }

  @Test("Intervals share their resamples, and depend on the key alone")
  func sharedResamples() throws {
    let episodes = Self.realEpisodes(40)
    let learners = [Self.offset(1, name: "a"), ClosureLearner(name: "b") { _, _ in [0] }]
    func measure(_ seed: UInt64) throws -> ContextCurves {
      try ContextCurves.measure(
        learners: learners + [ZeroPredictor()], episodes: episodes, key: RandomKey(seed: seed))
    }
    let curves = try measure(1)
    #expect(curves.learners["b"] == curves.learners["zero"])
    #expect(try measure(1) == curves)
    #expect(try measure(2).learners["zero"] != curves.learners["zero"])
    let zero = try #require(curves.learners["zero"])
    for k in 0..<3 { #expect(zero.low[k] < zero.mean[k] && zero.mean[k] < zero.high[k]) }
  }

  @Test("Blocks change nothing, and never hold more than 256 episodes")
  func blocks() throws {
    struct TooMany: Error {}
    let episodes = Self.realEpisodes(600)
    let curves = try ContextCurves.measure(
      learners: [ZeroPredictor()], shape: episodes[0].shape, episodeCount: 600, key: Self.key
    ) { block in
      guard block.count <= 256 else { throw TooMany() }
      return Array(episodes[block])
    }
    let squares = episodes.map { Double($0.targets[1]) * Double($0.targets[1]) }
    let meanSquare = try #require(curves.targetMeanSquare)
    let mean = squares.reduce(0, +) / 600 / meanSquare
    // Scores are kept in single precision.
    #expect(abs((curves.learners["zero"]?.mean[1] ?? 0) - mean) < 1e-5)
  }

  @Test("Beyond 1024 episodes means stay exact, and intervals as wide as theory says")
  func manyEpisodes() throws {
    let count = 2500
    let episodes = Self.realEpisodes(count)
    let curves = try ContextCurves.measure(
      learners: [ZeroPredictor()], episodes: episodes, key: Self.key)
    let meanSquare = try #require(curves.targetMeanSquare)
    let squares = episodes.map { Double($0.targets[2]) * Double($0.targets[2]) / meanSquare }
    let mean = squares.reduce(0, +) / Double(count)
    let zero = try #require(curves.learners["zero"])
    // Sums in double precision in another order.
    #expect(abs(zero.mean[2] - mean) < 1e-12)
    let variance = squares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
    let standardError = (variance / Double(count)).squareRoot()
    // A 90 % interval reaches 1.645 standard errors to either side; from 1024 sums its width is
    // known to 2 %, and with 1000 resamples its ends to 0.07 standard errors, of which 0.3 is four
    // times as much.
    #expect(abs((mean - zero.low[2]) / standardError - 1.645) < 0.3)
    #expect(abs((zero.high[2] - mean) / standardError - 1.645) < 0.3)
  }

  @Test("Curves of learners that were measured one after another are those of all at once")
  func merging() throws {
    let episodes = Self.realEpisodes(1100)
    func measure(_ learners: [any InContextLearner]) throws -> ContextCurves {
      try ContextCurves.measure(learners: learners, episodes: episodes, key: Self.key)
    }
    let renamed = NamedLearner("other", Self.offset(1, name: "same"))
    let first: [any InContextLearner] = [Self.offset(1, name: "same")]
    let second: [any InContextLearner] = [renamed, ZeroPredictor()]
    let merged = try measure(first).merging(try measure(second))
    #expect(try merged == measure(first + second))
    #expect(merged.order == ["same", "other", "zero"])
    #expect(merged.learners["same"] == merged.learners["other"])
    let classes = Self.classEpisodes(5)
    let alone = try ContextCurves.measure(
      learners: [ZeroPredictor()], episodes: classes, key: Self.key)
    let beside = try ContextCurves.measure(
      learners: [ClosureLearner.firstExample], episodes: classes, key: Self.key)
    #expect(alone.merging(beside).logProbability?.keys.sorted() == ["firstExample", "zero"])
  }

  @Test("A spread is that of the means, place by place")
  func spread() {
    let curves = [[1.0, 5], [2, 5], [6, 5]].enumerated().map { index, mean in
      ("\(index)", ContextCurve(mean: mean, low: mean, high: mean))
    }
    let spread = CurveSpread("group", of: curves)
    #expect(spread.members == ["0", "1", "2"])
    #expect(spread.mean == [3, 5] && spread.least == [1, 5] && spread.greatest == [6, 5])
    // Squares 4, 1 and 9 over two.
    #expect(spread.standardDeviation == [Double(7).squareRoot(), 0])
  }

  @Test("A prediction that is not finite names learner, episode and place")
  func nonFinite() {
    let broken = ClosureLearner(name: "broken") { episode, example in
      [example == 2 && episode.inputs[0] == 1 ? .nan : 0]
    }
    var episodes = Self.realEpisodes(4)
    episodes[3].inputs[0] = 1
    #expect(
      throws: EvaluationError.nonFinitePrediction(
        learner: "broken", episode: 3, contextLength: 2)
    ) {
      try ContextCurves.measure(learners: [broken], episodes: episodes, key: Self.key)
    }
    #expect(throws: EvaluationError.noEpisodes) {
      try ContextCurves.measure(learners: [broken], episodes: [], key: Self.key)
    }
  }

  @Test("The JSON form has the agreed names and survives a round trip")
  func json() throws {
    var curves = try ContextCurves.measure(
      learners: [ZeroPredictor()], episodes: Self.realEpisodes(10), key: Self.key)
    curves.seed = 7
    let data = try JSONEncoder().encode(curves)
    #expect(try JSONDecoder().decode(ContextCurves.self, from: data) == curves)
    let object = try #require(
      try JSONSerialization.jsonObject(with: data) as? [String: any Sendable])
    #expect(object["metric"] as? String == "normalizedSquaredError")
    #expect(object["contextLengths"] as? [Int] == [0, 1, 2])
    let learners = try #require(object["learners"] as? [String: [String: [Double]]])
    #expect(learners["zero"].map { Set($0.keys) } == ["mean", "low", "high"])
  }
}
