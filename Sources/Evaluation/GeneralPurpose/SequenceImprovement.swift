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
  /// A mean with a bootstrap interval.
  package struct Estimate: Codable, Equatable, Sendable {
    package let mean: Double
    package let low: Double
    package let high: Double

    package init(mean: Double, low: Double, high: Double) {
      (self.mean, self.low, self.high) = (mean, low, high)
    }

    init(_ curve: ContextCurve, at example: Int) {
      self.init(mean: curve.mean[example], low: curve.low[example], high: curve.high[example])
    }
  }

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
    first = Estimate(curve, at: 0)
    last = Estimate(curve, at: curve.mean.count - 1)
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
    let shape = family.episodeShape
    let tasks = key.folded(with: 0)
    let sheet = try ScoreSheet(of: [learner], shape: shape, episodeCount: episodeCount) { block in
      block.map { family.episode(tasks.folded(with: $0)) }
    }
    let places = Array(0..<shape.exampleCount)
    let scores = sheet.scores(of: 0, at: places)
    let sign: Float = shape.target.isDiscrete ? 1 : -1
    let gains = stride(from: 0, to: scores.count, by: places.count).map {
      sign * (scores[$0 + places.count - 1] - scores[$0])
    }
    let curve = bootstrap.estimates(of: scores, width: places.count, key: key.folded(with: 1))
    self.init(
      metric: sheet.metric,
      curve: ContextCurve(
        mean: curve.map(\.mean), low: curve.map(\.low), high: curve.map(\.high)),
      improvement: bootstrap.estimates(of: gains, width: 1, key: key.folded(with: 2))[0],
      chance: shape.target.isDiscrete ? 1 / Double(shape.target.width) : 1)
  }
}

extension SequenceImprovement {
  /// How far the last score is from chance to perfection, from zero to one.
  package var skill: Double { skill(last.mean) }

  /// How much of that way was gone within the episodes.
  package var gain: Double { improvement.mean / abs(perfection - chance) }

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
  package func estimates(
    of values: [Float], width: Int, key: RandomKey
  ) -> [SequenceImprovement.Estimate] {
    let intervals = intervals(of: values, width: width, key: key)
    let count = Double(values.count / width)
    return (0..<width).map { quantity in
      let sum = stride(from: quantity, to: values.count, by: width).reduce(0.0) {
        $0 + Double(values[$1])
      }
      return SequenceImprovement.Estimate(
        mean: sum / count, low: intervals.low[quantity], high: intervals.high[quantity])
    }
  }
}
