package import Baselines
import Episodes
package import RandomKeys
package import TaskFamilies

// Dimension key
//   E  episodes

/// What a learner gains from the examples of an episode: its score at the first of them, which it
/// predicts without any context, and at the last.
///
/// A learner that has memorised its tasks gains nothing; one that learns in context gains on tasks
/// that it has never met.
///
/// Source: Kirsch et al. 2022, who tell algorithms apart by it, <https://arxiv.org/abs/2212.04458>.
package struct SequenceImprovement: Codable, Equatable, Sendable {
  package let metric: EvaluationMetric
  /// The metric at each example.
  package let curve: ContextCurve
  /// The metric at the first example.
  package let first: Estimate
  /// The metric at the last example.
  package let last: Estimate
  /// Accuracy gained, or squared error lost, from the first to the last; the interval is that of the
  /// differences within episodes.
  package let improvement: Estimate
  /// The metric of guessing: an accuracy of `1 / C` with `C` classes, a squared error of 1.
  package let chance: Double

  /// - Parameters:
  ///   - metric: what is measured.
  ///   - curve: the metric at each example.
  ///   - improvement: of the last over the first, within episodes.
  ///   - chance: the metric of guessing.
  package init(
    metric: EvaluationMetric, curve: ContextCurve, improvement: Estimate, chance: Double
  ) {
    self.metric = metric
    self.curve = curve
    first = curve.estimate(0)
    last = curve.estimate(curve.mean.count - 1)
    self.improvement = improvement
    self.chance = chance
  }

  /// Measures a learner on tasks of a family.
  ///
  /// Episode `i` is the one that `key.folded(with: 0).folded(with: i)` names; the intervals come
  /// from `key.folded(with: 1)` and `key.folded(with: 2)`.
  ///
  /// - Parameter episodeCount: `E`
  /// - Throws: ``EvaluationError`` if there are no episodes or a prediction is not finite; what the
  ///   learner throws.
  package init(
    of learner: any InContextLearner, on family: any TaskFamily, episodeCount: Int,
    key: RandomKey, bootstrap: Bootstrap = Bootstrap()
  ) throws {
    let rule = ScoringRule(family.episodeShape)
    let scores = try rule.scores(of: learner, on: family, episodeCount, key.folded(with: 0))
    let count = rule.shape.exampleCount
    let sign: Float = rule.shape.target.isDiscrete ? 1 : -1
    let gains = stride(from: 0, to: scores.count, by: count).map {
      sign * (scores[$0 + count - 1] - scores[$0])
    }
    self.init(
      metric: rule.metrics[0],
      curve: ContextCurve(
        bootstrap.estimates(of: scores, width: count, key: key.folded(with: 1))),
      improvement: bootstrap.estimates(of: gains, width: 1, key: key.folded(with: 2))[0],
      chance: rule.shape.target.isDiscrete ? 1 / Double(rule.shape.target.width) : 1)
  }
}

extension SequenceImprovement {
  /// How far the last score is from chance to perfection, from zero to one.
  package var skill: Double { skill(last.value) }

  /// How much of that way was gone within the episodes.
  package var gain: Double { improvement.value / abs(perfection - chance) }

  /// The same for the ends of the interval.
  package var gainInterval: (low: Double, high: Double) {
    (improvement.low / abs(perfection - chance), improvement.high / abs(perfection - chance))
  }

  private var perfection: Double { metric == .accuracy ? 1 : 0 }

  private func skill(_ score: Double) -> Double { (score - chance) / (perfection - chance) }
}

extension Bootstrap {
  /// The means over episodes with their intervals.
  ///
  /// - Parameters:
  ///   - values: `[E, M]`
  ///   - width: `M`
  ///   - key: names the resamples.
  /// - Returns: `[M]`
  func estimates(of values: [Float], width: Int, key: RandomKey) -> [Estimate] {
    let intervals = intervals(of: values, width: width, key: key)
    return values.means(width: width).enumerated().map { index, mean in
      Estimate(value: mean, low: intervals.low[index], high: intervals.high[index])
    }
  }
}

extension ScoringRule {
  /// The first metric of a learner's predictions of a family's episodes.
  ///
  /// - Parameter key: episode `i` is the one that `key.folded(with: i)` names.
  /// - Returns: `[E, N]`, squared errors divided by the mean squared target.
  /// - Throws: ``EvaluationError`` if there are no episodes or a prediction is not finite; what the
  ///   learner throws.
  func scores(
    of learner: any InContextLearner, on family: any TaskFamily, _ episodeCount: Int,
    _ key: RandomKey
  ) throws -> [Float] {
    guard episodeCount > 0 else { throw EvaluationError.noEpisodes }
    var (scores, targetSquares) = ([Double](), 0.0)
    // Large enough to fill every worker many times over, small enough for a few megabytes.
    let blockLength = 256
    for start in stride(from: 0, to: episodeCount, by: blockLength) {
      let episodes = (start..<min(start + blockLength, episodeCount)).map {
        family.episode(key.folded(with: $0))
      }
      let all = try self.scores(
        of: try learner.predictions(for: episodes), by: learner.name, on: episodes, from: start)
      for first in stride(from: 0, to: all.count, by: metrics.count * shape.exampleCount) {
        scores += all[first..<first + shape.exampleCount]
      }
      targetSquares += self.targetSquares(of: episodes)
    }
    let divisor = divisor(targetSquares: targetSquares, episodeCount: episodeCount)
    return scores.map { Float($0 / divisor) }
  }
}
