import Episodes
import RandomKeys

// Dimension key
//   E  episodes      N  examples in an episode      L  learners      M  metrics of a prediction
//   B  blocks of episodes

/// The scores of every learner at every position, summed over blocks of successive episodes.
///
/// A block is one episode as long as there are at most 1024 of them; beyond that blocks grow, so the
/// sheet does not.
struct ScoreSheet {
  /// Intervals from this many independent sums are as good as from all episodes: their width is then
  /// known to 2 %, where 1000 resamples leave 4 % open.
  static let blockCount = 1024

  private let rule: ScoringRule
  private let learners: [String]
  private let episodeCount: Int
  /// `L · M · N`, and the number of episodes of the block.
  private let width: Int
  /// `[B, width]`
  private var sums: [Double]
  private var targetSquares: Double = 0

  init(rule: ScoringRule, learners: [String], episodeCount: Int) {
    self.rule = rule
    self.learners = learners
    self.episodeCount = episodeCount
    width = learners.count * rule.metrics.count * rule.shape.exampleCount + 1
    sums = [Double](repeating: 0, count: min(episodeCount, Self.blockCount) * width)
  }

  /// The block of an episode; all have the same number of episodes, give or take one.
  private func block(of episode: Int) -> Int {
    let count = sums.count / width
    return count == episodeCount ? episode : episode * count / episodeCount
  }

  /// Takes in the scores of what learner number `learner` predicts.
  ///
  /// - Parameters:
  ///   - predictions: `[block, N, C]`
  ///   - episodes: `[block]`
  ///   - first: the number of the first of these episodes.
  /// - Throws: ``EvaluationError/nonFinitePrediction(learner:episode:contextLength:)``.
  mutating func record(
    _ predictions: [Float], of learner: Int, on episodes: [Episode], from first: Int
  ) throws(EvaluationError) {
    let scores = try rule.scores(
      of: predictions, by: learners[learner], on: episodes, from: first)
    let count = rule.metrics.count * rule.shape.exampleCount
    for offset in episodes.indices {
      let start = block(of: first + offset) * width + learner * count
      for i in 0..<count { sums[start + i] += scores[offset * count + i] }
    }
  }

  /// Takes in episodes that all learners have predicted.
  mutating func recordTargets(of episodes: [Episode], from first: Int) {
    targetSquares += rule.targetSquares(of: episodes)
    for offset in episodes.indices {
      sums[(block(of: first + offset) + 1) * width - 1] += 1
    }
  }

  /// The means over episodes and their intervals.
  func curves(bootstrap: Bootstrap, key: RandomKey) -> ContextCurves {
    let count = rule.shape.exampleCount
    var totals = [Double](repeating: 0, count: width)
    for (index, sum) in sums.enumerated() { totals[index % width] += sum }
    let intervals = bootstrap.intervals(ofSums: sums, width: width, key: key)

    let divisor = rule.divisor(targetSquares: targetSquares, episodeCount: episodeCount)
    func curves(of metric: Int) -> [String: ContextCurve] {
      let named = learners.enumerated().map { index, name in
        let start = (index * rule.metrics.count + metric) * count
        let range = start..<start + count
        let curve = ContextCurve(
          mean: range.map { totals[$0] / Double(episodeCount) / divisor },
          low: range.map { intervals.low[$0] / divisor },
          high: range.map { intervals.high[$0] / divisor })
        return (name, curve)
      }
      return Dictionary(uniqueKeysWithValues: named)
    }
    return ContextCurves(
      metric: rule.metrics[0], contextLengths: Array(0..<count), learners: curves(of: 0),
      order: learners, logProbability: rule.metrics.count > 1 ? curves(of: 1) : nil,
      episodes: episodeCount, confidence: bootstrap.confidence, resamples: bootstrap.resamples,
      targetMeanSquare: rule.shape.target == .real
        ? targetSquares / Double(episodeCount * count) : nil, seed: nil)
  }
}
