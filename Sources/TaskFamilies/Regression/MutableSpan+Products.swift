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
    let (width, count) = (weights.count, count)
    precondition(count * width <= rows.count, "There is a row for each number.")
    let whole = width / 4 * 4
    for index in 0..<count {
      // In bounds by the precondition. Four sums grow side by side.
      let row = index &* width
      var sums = SIMD4<Double>()
      for first in stride(from: 0, to: whole, by: 4) {
        for lane in 0..<4 {
          sums[lane] +=
            Double(weights[unchecked: first &+ lane])
            * feature(Double(rows[unchecked: row &+ first &+ lane]))
        }
      }
      var sum = Double(self[unchecked: index]) + ((sums[0] + sums[1]) + (sums[2] + sums[3]))
      for i in whole..<width {
        sum += Double(weights[unchecked: i]) * feature(Double(rows[unchecked: row &+ i]))
      }
      self[unchecked: index] = Float(sum)
    }
  }
}
