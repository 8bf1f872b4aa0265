import Baselines
import Episodes
import Evaluation
import RandomKeys
import TaskFamilies
import Testing

@Suite("Published shifts")
struct PublishedShiftTests {
  private static let key = RandomKey(seed: 11)
  private static let linear = FamilyConfiguration(
    LinearRegression {
      $0.dimension = 4
      $0.exampleCount = 9
    })

  private static func names(_ family: FamilyConfiguration) -> [String] {
    ShiftSuite(of: family, targetScale: 1).shifts.map(\.shift.name)
  }

  /// The measurement of one shift, with a learner in the place of a model.
  private static func measure(
    _ name: String, of family: FamilyConfiguration = linear,
    model: any InContextLearner = LeastSquares(), lengths: [Int] = [2, 4, 8]
  ) throws -> ShiftMeasurement {
    let scale = try ShiftSuite.targetScale(of: family, key: key)
    let suite = ShiftSuite(of: family, targetScale: scale)
    let entry = try #require(suite.shifts.first { $0.shift.name == name })
    return try ShiftMeasurement(
      entry.shift, of: family, to: entry.shifted, model: model, lengths: lengths,
      episodeCount: 400, key: key)
  }

  @Test("Every shift has a name of its own, and all but none a source")
  func declaration() {
    let all = PublishedShift.all
    #expect(Set(all.map(\.name)).count == all.count && all.count > 20)
    #expect(all.first?.name == "none")
    #expect(all.dropFirst().allSatisfy { !$0.source.isEmpty && !$0.meaning.isEmpty })
  }

  @Test("Those are taken that fit")
  func fitting() {
    // Normal inputs in place of normal ones would change nothing.
    let everything = PublishedShift.all.map(\.name).filter { $0 != "gaussian inputs" }
    #expect(Self.names(Self.linear) == everything)
    let uniform = FamilyConfiguration(LinearRegression { $0.inputs = .uniform })
    #expect(Self.names(uniform) == PublishedShift.all.map(\.name))

    let classes = Self.names(FamilyConfiguration(PrototypeSettings()))
    #expect(classes.contains("inputs × 3") && classes.contains("4 of 10 labels random"))
    for name in ["weights × 2", "noise", "overlapping query", "laplace inputs"] {
      #expect(!classes.contains(name))
    }
    // Targets of a projection are functions of inputs that it hides.
    let hidden = Self.names(FamilyConfiguration(InputProjection(of: LinearRegression())))
    #expect(!hidden.contains("overlapping query") && hidden.contains("inputs × 2"))
    // A network has weights, but is not linear in them, so no mean of them can be taken away.
    let network = Self.names(FamilyConfiguration(ReLUNetwork()))
    #expect(network.contains("skewed inputs") && !network.contains("weights + 2.5"))
    // One dimension has no half.
    let narrow = Self.names(FamilyConfiguration(LinearRegression { $0.dimension = 1 }))
    #expect(!narrow.contains("half subspace") && narrow.contains("skewed inputs"))
    #expect(Self.names(FamilyConfiguration(MarkovChains())).isEmpty)
  }

  @Test("A learner that is optimal without a shift is that learner under every shift")
  func optimalBefore() throws {
    for name in ["none", "inputs × 3", "noise", "random orthant", "8 of 10 labels random"] {
      let result = try Self.measure(name)
      #expect(result.model == result.optimalBefore, "\(name)")
      #expect(result.optimalBeforeName == "leastSquares")
    }
    let noise = try Self.measure("noise")
    #expect(noise.optimalAfterName == "bayesianLinearRegression")
    // Four examples of four noisy numbers are where least squares is worst.
    #expect(noise.optimalAfter.mean[4] < 0.5 * noise.optimalBefore.mean[4])
    let none = try Self.measure("none")
    #expect(none.optimalAfter == none.optimalBefore)
  }

  @Test("Queries that the context determines, or says nothing about, score what theory says")
  func queries() throws {
    let overlapping = try Self.measure("overlapping query")
    #expect(overlapping.contextLengths == [2, 4, 8])
    // Exact but for single precision.
    #expect(overlapping.optimalAfter.mean.allSatisfy { $0 < 1e-5 })
    let orthogonal = try Self.measure("orthogonal query", lengths: [1, 2, 3, 4, 8])
    // Of four dimensions three can be told from an orthogonal query.
    #expect(orthogonal.contextLengths == [1, 2, 3])
    let zero = try Self.measure("orthogonal query", model: ZeroPredictor(), lengths: [1, 2, 3])
    for (optimal, nothing) in zip(orthogonal.optimalAfter.mean, zero.model.mean) {
      // Least squares predicts zero but for rounding.
      #expect(abs(optimal - nothing) < 1e-4)
    }
    let half = try Self.measure("half subspace")
    #expect(half.contextLengths == Array(0..<9))
    #expect(half.optimalAfter.mean[1] > 0.1 && half.optimalAfter.mean[2] < 1e-5)
  }

  @Test("Noise is in the unit of the targets")
  func targetScale() throws {
    // Inputs of scale 3 in four dimensions: targets of the variance 36; of 9216 squares with heavy
    // tails the mean is known to two hundredths.
    let wide = FamilyConfiguration(
      LinearRegression {
        $0.dimension = 4
        $0.inputScale = 3
      })
    #expect(abs(try ShiftSuite.targetScale(of: wide, key: Self.key) / 6 - 1) < 0.05)
    #expect(
      try ShiftSuite.targetScale(of: FamilyConfiguration(PrototypeSettings()), key: Self.key) == 1)
    let noisy = try #require(
      ShiftSuite(of: wide, targetScale: 6).shifts.first { $0.shift.name == "noise" })
    let settings = try #require(noisy.shifted.settings as? AddedNoise)
    // A twentieth of the variance.
    #expect(abs(settings.scale * settings.scale - 36.0 / 20) < 1e-4)
  }

  @Test("Shifts are compared at about half as many examples as dimensions, as many, and the most")
  func lengths() {
    func lengths(_ count: Int, _ dimension: Int) -> [Int] {
      ShiftSuite.lengths(
        of: EpisodeShape(exampleCount: count, inputDimension: dimension, target: .real))
    }
    #expect(lengths(11, 5) == [2, 5, 10])
    #expect(lengths(41, 20) == [10, 20, 40])
    #expect(lengths(5, 16) == [1, 2, 4])
    #expect(lengths(2, 1) == [1])
    func queryLengths(_ count: Int, _ dimension: Int) -> [Int] {
      ShiftSuite.queryLengths(
        of: EpisodeShape(exampleCount: count, inputDimension: dimension, target: .real))
    }
    #expect(queryLengths(11, 5) == [1, 2, 4, 5, 8, 10])
    #expect(queryLengths(41, 20) == [1, 2, 4, 8, 10, 16, 19, 20, 32, 40])
    #expect(queryLengths(2, 1) == [1] && queryLengths(2, 9) == [1])
  }

  @Test(
    "A learner that is shown episodes as if they went on predicts the same", arguments: [1, 4, 9])
  func padding(_ count: Int) throws {
    let family = try Self.linear.withExamples(count, origin: "test").makeFamily()
    let episodes = family.episodes(20, key: Self.key)
    let counting = ClosureLearner(name: "length") { episode, _ in
      [Float(episode.shape.exampleCount)]
    }
    #expect(
      try PaddedLearner(counting, to: 7).predictions(for: episodes)
        == [Float](repeating: Float(max(7, count)), count: 20 * count))
    let learner = LeastSquares()
    let (plain, padded) = (
      try learner.predictions(for: episodes),
      try PaddedLearner(learner, to: 7).predictions(for: episodes)
    )
    // The same sums.
    #expect(plain == padded)
  }
}
