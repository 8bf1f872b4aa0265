import Baselines
package import RandomKeys

// Dimension key
//   E  episodes      B  blocks of episodes      M  quantities measured on each episode
//   R  resamples

/// Percentile bootstrap intervals for the means of many quantities that were measured on the same
/// episodes.
///
/// Episodes, or blocks of them, are drawn with replacement, all quantities of a block together; the
/// interval of a mean lies between the quantiles of its resampled means. The choice of 90 % from 1000
/// resamples follows Garg et al. 2022, <https://arxiv.org/abs/2208.01066>.
package struct Bootstrap: Equatable, Sendable {
  package let resamples: Int
  package let confidence: Double

  /// - Parameters:
  ///   - resamples: at least 1.
  ///   - confidence: above 0 and below 1.
  package init(resamples: Int = 1000, confidence: Double = 0.9) {
    precondition(resamples > 0 && confidence > 0 && confidence < 1, "An interval has an inside.")
    self.resamples = resamples
    self.confidence = confidence
  }

  /// The intervals of the means over episodes.
  ///
  /// - Parameters:
  ///   - values: `[E, M]`
  ///   - width: `M`
  ///   - key: names the resamples; the same key gives the same intervals.
  /// - Returns: `[M]` lower and `[M]` upper ends.
  /// - Complexity: O(R · E · M) time; O(R · M) memory beyond `values`, and O(E) for each thread.
  package func intervals(of values: [Float], width: Int, key: RandomKey) -> (
    low: [Double], high: [Double]
  ) {
    intervals(
      ofSums: Self.sums(ofEpisodes: values, width: width), width: width + 1, key: key)
  }

  /// The intervals of the means over episodes, of which only sums over blocks are known.
  ///
  /// - Parameters:
  ///   - sums: `[B, M + 1]`: of each quantity over the episodes of a block, and their number.
  ///   - width: `M + 1`
  ///   - key: names the resamples; the same key gives the same intervals.
  /// - Returns: `[M]` lower and `[M]` upper ends.
  /// - Complexity: O(R · B · M) time; O(R · M) memory beyond `sums`, and O(B) for each thread.
  package func intervals(ofSums sums: [Double], width: Int, key: RandomKey) -> (
    low: [Double], high: [Double]
  ) {
    let means = resampledMeans(ofSums: sums, width: width, key: key)
    let tail = (1 - confidence) / 2
    var low: [Double] = []
    var high: [Double] = []
    for quantity in 0..<width - 1 {
      let sorted = means.map { $0[quantity] }.sorted()
      low.append(Self.quantile(tail, ofSorted: sorted))
      high.append(Self.quantile(1 - tail, ofSorted: sorted))
    }
    return (low, high)
  }

  /// The means over the drawn episodes, one list for each resample, for the intervals of what is
  /// computed from several means, such as a ratio.
  ///
  /// - Returns: `[R]` lists of `[M]`.
  package func resampledMeans(of values: [Float], width: Int, key: RandomKey) -> [[Double]] {
    resampledMeans(
      ofSums: Self.sums(ofEpisodes: values, width: width), width: width + 1, key: key)
  }

  /// A number with the interval between the quantiles of what resamples gave in its place.
  ///
  /// - Parameter resampled: `[R]`
  package func estimate(_ value: Double, resampled: [Double]) -> Estimate {
    let sorted = resampled.sorted()
    let tail = (1 - confidence) / 2
    return Estimate(
      value: value, low: Self.quantile(tail, ofSorted: sorted),
      high: Self.quantile(1 - tail, ofSorted: sorted))
  }

  /// Blocks of one episode each.
  private static func sums(ofEpisodes values: [Float], width: Int) -> [Double] {
    precondition(width > 0 && values.count % width == 0, "Whole rows only.")
    var sums: [Double] = []
    sums.reserveCapacity(values.count / width * (width + 1))
    for start in stride(from: 0, to: values.count, by: width) {
      sums += values[start..<start + width].lazy.map(Double.init) + [1]
    }
    return sums
  }

  /// The sums of what each resample drew by the number of its episodes, `[R]` lists of `[M]`.
  private func resampledMeans(
    ofSums sums: [Double], width: Int, key: RandomKey
  ) -> [[Double]] {
    precondition(width > 1 && !sums.isEmpty && sums.count % width == 0, "Whole rows only.")
    let groups = (resamples + ResampledSums.resamples - 1) / ResampledSums.resamples
    return concurrentMap(count: groups) { group in
      let first = group * ResampledSums.resamples
      let resampled = ResampledSums(of: sums, width: width, from: first, key: key)
      return (0..<min(ResampledSums.resamples, resamples - first)).map { lane in
        let sums = resampled.sums(of: lane)
        return sums.dropLast().map { $0 / sums[width - 1] }
      }
    }.flatMap(\.self)
  }

  /// The quantile by linear interpolation between order statistics.
  private static func quantile(_ fraction: Double, ofSorted sorted: [Double]) -> Double {
    let place = fraction * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }
}
