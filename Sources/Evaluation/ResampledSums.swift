import RandomKeys

// Dimension key
//   B  blocks of episodes      M  quantities measured on each block

/// Sums over blocks of episodes drawn with replacement, of sixteen resamples at once.
///
/// How often each resample draws each block is counted first; its sums are products of counts and
/// values, added in the order of the blocks. So values are read from front to back once for
/// sixteen resamples, where adding up the draws would fetch each row from a random place.
struct ResampledSums {
  /// A lane for each resample.
  private typealias Lanes = SIMD16<Double>
  static let resamples = 16

  /// `[M]`
  private var sums: [Lanes]

  /// - Parameters:
  ///   - values: `[B, M]`
  ///   - width: `M`
  ///   - first: the number of the first of the resamples.
  ///   - key: names the resamples.
  init(of values: [Double], width: Int, from first: Int, key: RandomKey) {
    let count = values.count / width
    let counts = Self.counts(count, from: first, key: key)
    sums = [Lanes](repeating: .zero, count: width)
    add(values.span, counts.span, count: count)
  }

  /// The sums of a resample, `[M]`.
  ///
  /// - Parameter lane: its number, less that of the first.
  func sums(of lane: Int) -> [Double] { sums.map { $0[lane] } }

  /// How often each resample draws each block, `[B, 16]`.
  private static func counts(_ count: Int, from first: Int, key: RandomKey) -> [Double] {
    var counts = [Double](repeating: 0, count: count * resamples)
    var draws = [Int32](repeating: 0, count: count)
    var span = counts.mutableSpan
    var drawn = draws.mutableSpan
    for lane in 0..<resamples {
      key.folded(with: first + lane).fillIntegers(&drawn, below: count)
      for i in 0..<count { span[Int(drawn[i]) &* resamples &+ lane] += 1 }
    }
    return counts
  }

  /// Adds rows of values, `[count, M]`, as often as each resample drew them.
  private mutating func add(
    _ rows: Span<Double>, _ counts: Span<Double>, count: Int
  ) {
    let width = sums.count
    precondition(
      count * width <= rows.count && count * Self.resamples <= counts.count,
      "Each row has its counts.")
    var sums = sums.mutableSpan
    // Four rows at a time, so that a sum is loaded and stored a quarter as often.
    let whole = count / 4 * 4
    for row in stride(from: 0, to: whole, by: 4) {
      let factors = (
        Self.lanes(counts, row), Self.lanes(counts, row + 1),
        Self.lanes(counts, row + 2), Self.lanes(counts, row + 3)
      )
      // In bounds by the precondition.
      let start = row &* width
      for i in 0..<width {
        var sum = sums[unchecked: i]
        sum += factors.0 * rows[unchecked: start &+ i]
        sum += factors.1 * rows[unchecked: start &+ width &+ i]
        sum += factors.2 * rows[unchecked: start &+ 2 &* width &+ i]
        sum += factors.3 * rows[unchecked: start &+ 3 &* width &+ i]
        sums[unchecked: i] = sum
      }
    }
    for row in whole..<count {
      let factor = Self.lanes(counts, row)
      for i in 0..<width { sums[i] += factor * rows[row * width + i] }
    }
  }

  /// The counts of a block, in bounds by what ``add`` checks.
  @inline(__always)
  private static func lanes(_ counts: Span<Double>, _ row: Int) -> Lanes {
    var lanes = Lanes.zero
    for lane in 0..<resamples { lanes[lane] = counts[unchecked: row &* resamples &+ lane] }
    return lanes
  }
}
