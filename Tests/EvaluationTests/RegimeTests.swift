import Baselines
import Episodes
import Evaluation
import RandomKeys
import TaskFamilies
import Testing

@Suite("Regimes of meta-trained models")
struct RegimeTests {
  private static let key = RandomKey(seed: 11)

  private static func improvement(
    first: Double, last: Double, interval: Double = 0, classes: Double = 5
  ) -> SequenceImprovement {
    func estimate(_ mean: Double) -> Estimate {
      Estimate(value: mean, low: mean - interval, high: mean + interval)
    }
    let ends = [first, last]
    return SequenceImprovement(
      metric: .accuracy, curve: ContextCurve(mean: ends, low: ends, high: ends),
      improvement: estimate(last - first), chance: 1 / classes)
  }

  @Test(
    "follow from what is gained on seen and on unseen tasks",
    arguments: [
      (
        improvement(first: 0.2, last: 0.22), improvement(first: 0.2, last: 0.2),
        Regime.hasNotLearned
      ),
      (improvement(first: 1, last: 1), improvement(first: 0.2, last: 0.2), .memorises),
      (improvement(first: 0.3, last: 1), improvement(first: 0.2, last: 0.45), .identifiesTasks),
      (improvement(first: 0.2, last: 0.9), improvement(first: 0.2, last: 0.85), .learnsToLearn),
      // Half of the skill of 0.8 on seen tasks is the line.
      (improvement(first: 0.2, last: 1), improvement(first: 0.2, last: 0.61), .learnsToLearn),
      (improvement(first: 0.2, last: 1), improvement(first: 0.2, last: 0.59), .identifiesTasks),
    ])
  func regimes(
    seen: SequenceImprovement, unseen: SequenceImprovement, expected: Regime
  ) {
    #expect(RegimeCriteria().regime(seen: seen, unseen: unseen) == expected)
  }

  @Test("are clear unless the interval of the gain reaches over a threshold")
  func clarity() {
    let seen = Self.improvement(first: 0.2, last: 1)
    let criteria = RegimeCriteria()
    let near = Self.improvement(first: 0.2, last: 0.61, interval: 0.02)
    #expect(!criteria.isClear(seen: seen, unseen: near))
    let far = Self.improvement(first: 0.2, last: 0.9, interval: 0.02)
    #expect(criteria.isClear(seen: seen, unseen: far))
  }

  private static let pool = FamilyConfiguration(
    Pool(of: PrototypeSettings { $0.spread = 0.05 }) { $0.taskCount = 3 })

  @Test("A learner of contexts learns to learn, on all tasks and data")
  func nearestNeighbor() throws {
    let measured = try RegimeMeasurement(
      of: NearestNeighbors(1), trainedOn: Self.pool, episodeCount: 400, key: Self.key)
    #expect(measured.regime == .learnsToLearn && measured.isClear)
    for cell in [
      measured.seenTasks, measured.unseenTasks, measured.seenTasksUnseenData,
      measured.unseenTasksUnseenData,
    ] {
      let cell = try #require(cell)
      // Nothing is known of the first of five classes, and classes are far apart: of the last of 24
      // examples only one whose class has not come yet is missed, with probability 0.8²³ = 0.006.
      #expect(abs(cell.first.value - 0.2) < 0.1)
      #expect(cell.last.value > 0.95)
      #expect(cell.improvement.low < cell.improvement.value)
      #expect(abs(cell.improvement.value - (cell.last.value - cell.first.value)) < 1e-6)
    }
    let random = try #require(measured.randomData)
    #expect(random.secondTime.value == 1 && random.firstTime.value < 0.4)
    #expect(random.itemCount == 12)
  }

  /// Knows the tasks of a pool: recalls the label of the nearest input that any of them could show.
  private static func memory(of configuration: FamilyConfiguration) throws -> ClosureLearner {
    let family = try configuration.makeFamily()
    // All episodes of three tasks look alike, so that these show every prototype of each.
    let known = family.episodes(60, key: key.folded(with: 99))
    return ClosureLearner(name: "memory") { episode, example in
      let width = episode.shape.inputDimension
      var (best, label) = (Float.infinity, 0)
      for other in known {
        for place in 0..<other.shape.exampleCount {
          var distance: Float = 0
          for i in 0..<width {
            let d = other.inputs[place * width + i] - episode.inputs[example * width + i]
            distance += d * d
          }
          if distance < best { (best, label) = (distance, Int(other.targets[place])) }
        }
      }
      var logits = [Float](repeating: 0, count: episode.shape.target.width)
      logits[label] = 10
      return logits
    }
  }

  @Test("Who knows the tasks of the pool and no others memorises")
  func memorizer() throws {
    let measured = try RegimeMeasurement(
      of: try Self.memory(of: Self.pool), trainedOn: Self.pool, episodeCount: 60, key: Self.key)
    #expect(measured.regime == .memorises)
    #expect(try #require(measured.seenTasks).first.value > 0.9)
    // Sixty episodes of a chance of 0.2: four standard errors.
    #expect(abs(measured.unseenTasks.last.value - 0.2) < 0.21)
    let random = try #require(measured.randomData)
    #expect(abs(random.firstTime.value - random.secondTime.value) < 1e-6)
  }

  @Test("Seen tasks keep their projections and labels when the data are others")
  func otherData() throws {
    let other = try #require(Self.pool.anotherBase)
    let (seen, foreign) = (try Self.pool.makeFamily(), try other.makeFamily())
    for index in 0..<8 {
      let (a, b) = (
        seen.episode(Self.key.folded(with: index)), foreign.episode(Self.key.folded(with: index))
      )
      #expect(a.latent == b.latent)
      #expect(a.inputs != b.inputs)
    }
    #expect(FamilyConfiguration(PrototypeSettings { $0.base = .fresh }).anotherBase == nil)
    let mixture = FamilyConfiguration(
      Mixture([.init(weight: 1, family: Self.pool), .init(weight: 1, family: Self.pool)]))
    #expect(
      mixture.anotherBase
        == FamilyConfiguration(
          Mixture([.init(weight: 1, family: other), .init(weight: 1, family: other)])))
  }

  @Test("Without a pool there are no seen tasks, and squared errors count too")
  func regression() throws {
    let family = FamilyConfiguration(
      LinearRegression {
        $0.dimension = 3; $0.exampleCount = 9
      })
    let measured = try RegimeMeasurement(
      of: LeastSquares(), trainedOn: family, episodeCount: 200, key: Self.key)
    #expect(measured.seenTasks == nil && measured.unseenTasksUnseenData == nil)
    #expect(measured.randomData == nil)
    // Least squares is exact after three examples without noise.
    #expect(measured.unseenTasks.last.value < 1e-6 && measured.unseenTasks.improvement.value > 0.5)
    #expect(measured.regime == .learnsToLearn)
    let zero = try RegimeMeasurement(
      of: ZeroPredictor(), trainedOn: family, episodeCount: 200, key: Self.key)
    #expect(zero.regime == .hasNotLearned)
  }
}
