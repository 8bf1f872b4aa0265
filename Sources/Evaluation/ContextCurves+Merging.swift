// Dimension key
//   N  examples in an episode

extension ContextCurves {
  /// These curves and those of other learners on the same episodes, with the same resamples.
  ///
  /// - Parameter others: of learners that differ in name from these.
  package func merging(_ others: ContextCurves) -> ContextCurves {
    precondition(
      metric == others.metric && contextLengths == others.contextLengths
        && episodes == others.episodes && targetMeanSquare == others.targetMeanSquare
        && Set(order).isDisjoint(with: others.order), "Other learners on the same episodes.")
    return ContextCurves(
      metric: metric, contextLengths: contextLengths,
      learners: learners.merging(others.learners) { $1 }, order: order + others.order,
      logProbability: logProbability?.merging(others.logProbability ?? [:]) { $1 },
      episodes: episodes, confidence: confidence, resamples: resamples,
      targetMeanSquare: targetMeanSquare, seed: seed)
  }
}
