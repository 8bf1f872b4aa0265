package import Baselines
import Episodes
package import RandomKeys
package import TaskFamilies

// Dimension key
//   K  context lengths      N  examples in an episode      D  dimension of an input

/// What a shift does to a model, beside the learners that are optimal before and after it.
package struct ShiftMeasurement: Codable, Equatable, Sendable {
  /// The name of the ``PublishedShift``.
  package let shift: String
  package let meaning: String
  package let source: String
  package let metric: EvaluationMetric
  /// `[K]`, ascending.
  package let contextLengths: [Int]
  /// `[K]`, as both below.
  package let model: ContextCurve
  /// The optimal learner of the tasks without the shift, on tasks with it.
  package let optimalBefore: ContextCurve
  /// The optimal learner of the tasks with the shift.
  package let optimalAfter: ContextCurve
  package let optimalBeforeName: String
  package let optimalAfterName: String
  package let episodes: Int
  /// For real targets, the divisor of the squared errors at each context length, `[K]`.
  package let targetMeanSquares: [Double]?

  /// With the longest context.
  package var lastOfModel: Estimate { model.estimate(contextLengths.count - 1) }
  /// Of the learner that is optimal after the shift, with the longest context.
  package var lastOfOptimal: Estimate { optimalAfter.estimate(contextLengths.count - 1) }

  /// By how much the model is worse than the learner that is optimal after the shift, with the longest
  /// context.
  package var excess: Double {
    let difference = lastOfModel.value - lastOfOptimal.value
    return metric == .accuracy ? -difference : difference
  }

  /// Measures a model under a shift, on the episodes that `key` names.
  ///
  /// - Parameters:
  ///   - shift: that made `shifted` of `family`.
  ///   - family: the tasks without the shift, of `N` examples.
  ///   - shifted: the tasks with it.
  ///   - model: reads episodes of `N` examples and of fewer.
  ///   - lengths: at which shifts that concern the query are measured, ascending; others are at all.
  ///   - episodeCount: at least 1.
  ///   - key: of episodes and intervals, as in ``ContextCurves``.
  /// - Throws: ``EvaluationError`` if a prediction is not finite; what a learner throws.
  package init(
    _ shift: PublishedShift, of family: FamilyConfiguration, to shifted: FamilyConfiguration,
    model: any InContextLearner, lengths: [Int], episodeCount: Int, key: RandomKey
  ) throws {
    func measure(_ shifted: FamilyConfiguration, _ family: FamilyConfiguration) throws
      -> ContextCurves
    {
      let tasks = try shifted.makeFamily()
      return try ContextCurves.measure(
        learners: [
          NamedLearner("model", model),
          NamedLearner("before", try family.makeFamily().oracle),
          NamedLearner("after", tasks.oracle),
        ], family: tasks, episodeCount: episodeCount, key: key)
    }
    var points: [(length: Int, curves: ContextCurves)] = []
    if shift.concernsQuery {
      for length in lengths {
        // A length that the shift does not allow, such as more orthogonal vectors than dimensions.
        guard let shorter = try? shifted.withExamples(length + 1, origin: shift.name) else {
          continue
        }
        let before = try family.withExamples(length + 1, origin: shift.name)
        points.append((length, try measure(shorter, before)))
      }
    } else {
      let curves = try measure(shifted, family)
      points = curves.contextLengths.map { ($0, curves) }
    }
    guard let first = points.first?.curves else { throw EvaluationError.noEpisodes }
    func curve(_ name: String) -> ContextCurve {
      let values = points.map { point in
        point.curves.learners[name].map {
          ($0.mean[point.length], $0.low[point.length], $0.high[point.length])
        } ?? (.nan, .nan, .nan)
      }
      return ContextCurve(mean: values.map(\.0), low: values.map(\.1), high: values.map(\.2))
    }
    self.shift = shift.name
    meaning = shift.meaning
    source = shift.source
    metric = first.metric
    contextLengths = points.map(\.length)
    self.model = curve("model")
    optimalBefore = curve("before")
    optimalAfter = curve("after")
    optimalBeforeName = try family.makeFamily().oracle.name
    optimalAfterName = try shifted.makeFamily().oracle.name
    episodes = episodeCount
    targetMeanSquares =
      first.targetMeanSquare == nil ? nil : points.compactMap(\.curves.targetMeanSquare)
  }
}
