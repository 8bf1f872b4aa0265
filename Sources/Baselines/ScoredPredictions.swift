// Dimension key
//   E  episodes      N  examples in an episode      C  width of a prediction

/// Predictions, and how likely each target was to the learner that made them.
package struct ScoredPredictions: Equatable, Sendable {
  /// `[E, N, C]`, as ``InContextLearner/predictions(for:)`` gives them.
  package var predictions: [Float]
  /// `log p(y_k | x_0 … x_k, y_0 … y_{k-1})` in nats, `[E, N]`: of a real target the logarithm of its
  /// density, of a class that of its probability.
  ///
  /// The sum over an episode is the logarithm of the likelihood of its targets.
  package var logLikelihoods: [Double]

  package init(predictions: [Float] = [], logLikelihoods: [Double] = []) {
    self.predictions = predictions
    self.logLikelihoods = logLikelihoods
  }

  /// The results for some episodes, one after the other.
  init(joining parts: [ScoredPredictions]) {
    self.init(
      predictions: parts.flatMap(\.predictions), logLikelihoods: parts.flatMap(\.logLikelihoods))
  }
}
