internal import ComputeGraph

extension BatchWriter {
  /// Writes some episodes of a step's batch into arrays.
  ///
  /// - Parameters:
  ///   - step: the step, from zero.
  ///   - episodes: their indices within the batch.
  ///   - tokens: `[episodes, T, F]`
  ///   - targets: `[episodes, N, C]`
  func write(_ step: Int, _ episodes: Range<Int>, _ tokens: inout [Float], _ targets: inout [Float])
  {
    var tokenSpan = tokens.mutableSpan
    var targetSpan = targets.mutableSpan
    write(step: step, episodes: episodes, tokens: &tokenSpan, targets: &targetSpan)
  }
}
