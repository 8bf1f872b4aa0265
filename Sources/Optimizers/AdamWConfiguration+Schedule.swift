package import ComputeGraph

#if canImport(Glibc)
  internal import Glibc
#endif

extension AdamWConfiguration {
  /// The learning rate and bias corrections of one step.
  ///
  /// Linear from `1/warmupSteps` of the rate up to all of it, then half a cosine down to
  /// `finalShare` at the end.
  ///
  /// - Parameters:
  ///   - step: from zero.
  ///   - total: steps of the whole run.
  package func schedule(step: Int, of total: Int) -> UpdateSchedule {
    let update = Double(step + 1)
    return UpdateSchedule(
      learningRate: Float(Double(learningRate) * share(step: step, of: total)),
      firstCorrection: Float(1 / (1 - pow(Double(firstDecay), update))),
      secondCorrection: Float(1 / (1 - pow(Double(secondDecay), update))))
  }

  private func share(step: Int, of total: Int) -> Double {
    if step < warmupSteps { return Double(step + 1) / Double(warmupSteps) }
    let span = max(1, total - warmupSteps)
    let progress = min(1, Double(step - warmupSteps) / Double(span))
    let cosine = (1 + cos(Double.pi * progress)) / 2
    return Double(finalShare) + (1 - Double(finalShare)) * cosine
  }
}
