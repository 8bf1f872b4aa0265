package import Episodes

// Dimension key
//   E  episodes      N  examples in an episode      C  width of a prediction

/// A learner that holds a distribution over the next target, not only a best guess.
package protocol ProbabilisticLearner: InContextLearner {
  /// Predicts every target of every episode from the examples before it, and says how likely it was.
  ///
  /// Entry `k` uses inputs `0 ... k` and targets `0 ..< k` only; its likelihood is of target `k`.
  ///
  /// - Parameter episodes: `E` episodes of one shape.
  /// - Returns: predictions `[E, N, C]` and logarithms of likelihoods `[E, N]`.
  /// - Throws: as ``InContextLearner/predictions(for:)``.
  func scoredPredictions(for episodes: [Episode]) throws -> ScoredPredictions
}
