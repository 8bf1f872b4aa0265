/// What is measured for every prediction.
package enum EvaluationMetric: String, Codable, CaseIterable, Sendable {
  /// The squared error divided by the mean squared target over all positions of all evaluated
  /// episodes.
  ///
  /// One divisor serves every position and learner, so that predicting zero scores 1 on average and
  /// curves keep their shape. For targets of mean zero it estimates the target's variance, which is
  /// why no family has to state it.
  case normalizedSquaredError
  /// Whether the class with the largest logit is the true one; of equal logits the first counts.
  case accuracy
  /// The logarithm of the probability given to the true class, in nats.
  case logProbability
}
