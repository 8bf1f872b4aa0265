// Dimension key
//   N  examples in an episode      D  numbers that a target is a sum of

extension MutableSpan<Float> {
  /// Adds `Σ wᵢ φ(xᵢ)` to each of these numbers.
  ///
  /// Summed in double precision, so that a target is exact up to its own rounding.
  ///
  /// - Parameters:
  ///   - weights: `w`, `[D]`
  ///   - rows: `[N, D]`, a row `x` for each of the `N` numbers.
  ///   - feature: `φ`, which captures no array.
  @inline(__always)
  mutating func addProducts(
    of weights: Span<Float>, with rows: Span<Float>, feature: (Double) -> Double = { $0 }
  ) {
    let blockSize = 8
    let whole = count / blockSize * blockSize
    // Sums are computed side by side, as each of them waits for its last addition.
    for first in stride(from: 0, to: whole, by: blockSize) {
      addProducts(of: weights, with: rows, from: first, blockSize, feature)
    }
    for index in whole..<count { addProducts(of: weights, with: rows, from: index, 1, feature) }
  }

  @inline(__always)
  private mutating func addProducts(
    of weights: Span<Float>, with rows: Span<Float>, from first: Int, _ count: Int,
    _ feature: (Double) -> Double
  ) {
    let width = weights.count
    precondition((first + count) * width <= rows.count, "There is a row for each number.")
    var sums = InlineArray<8, Double>(repeating: 0)
    var sum = sums.mutableSpan
    for index in 0..<count { sum[unchecked: index] = Double(self[first + index]) }
    for i in 0..<width {
      let weight = Double(weights[unchecked: i])
      // In bounds by the precondition.
      for index in 0..<count {
        sum[unchecked: index] +=
          weight * feature(Double(rows[unchecked: (first &+ index) &* width &+ i]))
      }
    }
    for index in 0..<count { self[first + index] = Float(sum[unchecked: index]) }
  }
}
