/// The context curves of several learners on the same episodes.
///
/// Its JSON form is the answer of `manabi evaluate --json`.
package struct ContextCurves: Codable, Equatable, Sendable {
  package let metric: EvaluationMetric
  /// `[N]`: 0, 1, … examples.
  package let contextLengths: [Int]
  /// A curve for each learner, by name.
  package let learners: [String: ContextCurve]
  /// The names of the learners in the order in which they were given.
  package let order: [String]
  /// For classes, the continuous companion of accuracy: ``EvaluationMetric/logProbability``, in
  /// nats.
  ///
  /// A threshold such as accuracy can make smooth progress look sudden; see Schaeffer et al. 2023,
  /// <https://arxiv.org/abs/2304.15004>.
  package let logProbability: [String: ContextCurve]?
  /// How many episodes were averaged.
  package let episodes: Int
  /// The probability that an interval is meant to cover.
  package let confidence: Double
  /// How many bootstrap resamples gave the intervals.
  package let resamples: Int
  /// For real targets, the divisor of the squared errors.
  package let targetMeanSquare: Double?
  /// The seed of episodes and intervals, if the caller states one.
  package var seed: UInt64?
}
