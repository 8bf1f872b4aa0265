// Dimension key
//   K  ranks

/// Ranks whose probability falls with a power of the rank: `p_k ∝ (k + 1)^(-exponent)` for `k` from 0.
///
/// Made with additions, multiplications, divisions and square roots only, so that it is the same on
/// every machine.
struct ZipfLaw: Sendable {
  /// `[K + 1]`: the probability of all ranks below each, up to 1.
  private let cumulative: [Double]

  /// - Parameters:
  ///   - count: `K`
  ///   - exponent: not negative; 0 for ranks that are equally likely.
  init(count: Int, exponent: Float) {
    precondition(count > 0 && exponent >= 0, "A law has ranks, of which the first is no rarer.")
    var sums = [0.0]
    for rank in 1...count { sums.append(sums[rank - 1] + 1 / Self.power(Double(rank), exponent)) }
    let total = sums[count]
    cumulative = sums.map { $0 / total }
  }

  /// `base` to the power of `exponent`, by repeated products and square roots.
  private static func power(_ base: Double, _ exponent: Float) -> Double {
    var power = 1.0
    for _ in 0..<Int(exponent) { power *= base }
    var (rest, root) = (exponent - Float(Int(exponent)), base)
    while rest > 0 {
      rest *= 2
      root = root.squareRoot()
      if rest >= 1 {
        power *= root
        rest -= 1
      }
    }
    return power
  }

  func probability(of rank: Int) -> Double { cumulative[rank + 1] - cumulative[rank] }

  /// The rank that a uniform integer below `Int32.max` draws.
  ///
  /// - Complexity: O(log K)
  func rank(_ integer: Int32) -> Int { rank(at: uniform(integer)) }

  /// The rank that a uniform integer below `Int32.max` draws among all others than `excluded`.
  func rank(_ integer: Int32, except excluded: Int) -> Int {
    let mass = probability(of: excluded)
    let point = uniform(integer) * (1 - mass)
    // The excluded interval is cut out.
    let drawn = rank(at: point < cumulative[excluded] ? point : point + mass)
    guard drawn == excluded else { return drawn }
    // Rounding at the end of the interval.
    return excluded + 1 < cumulative.count - 1 ? excluded + 1 : excluded - 1
  }

  private func uniform(_ integer: Int32) -> Double {
    (Double(integer) + 0.5) / Double(Int32.max)
  }

  /// The rank whose interval contains a number in 0 ..< 1.
  private func rank(at point: Double) -> Int {
    var (low, high) = (0, cumulative.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if point < cumulative[middle] { high = middle } else { low = middle }
    }
    return low
  }
}
