// Dimension key
//   N  examples in an episode      D  dimension of an input      R  hidden units

/// A number of each of sixteen hidden units.
private typealias Units = SIMD16<Float>

extension ReLUNetwork {
  /// Four examples by sixteen units at once, whose sums stay in registers.
  ///
  /// - Complexity: O(N·D·R), without allocations.
  package func addValues(
    of latent: Span<Float>, at inputs: Span<Float>, to targets: inout MutableSpan<Float>
  ) {
    let (width, count) = (dimension, targets.count)
    precondition(
      latent.count == (width + 1) * hiddenCount && inputs.count == count * width,
      "Weights of each unit, a row for each target.")
    let scale = (2 / Float(hiddenCount)).squareRoot()
    for first in stride(from: 0, to: count, by: 4) {
      // Where fewer are left, the last one is computed again.
      let last = count - 1
      let rows = (
        first * width, min(first + 1, last) * width, min(first + 2, last) * width,
        min(first + 3, last) * width
      )
      var sums = (Units(), Units(), Units(), Units())
      for block in stride(from: 0, to: hiddenCount, by: 16) {
        let blockCount = min(16, hiddenCount - block)
        var units = (Units(), Units(), Units(), Units())
        for i in 0..<width {
          // In bounds by the precondition.
          let weights = latent.units(at: i &* hiddenCount &+ block, blockCount)
          units.0 += inputs[unchecked: rows.0 &+ i] * weights
          units.1 += inputs[unchecked: rows.1 &+ i] * weights
          units.2 += inputs[unchecked: rows.2 &+ i] * weights
          units.3 += inputs[unchecked: rows.3 &+ i] * weights
        }
        let outer = latent.units(at: width &* hiddenCount &+ block, blockCount)
        sums.0 += outer * units.0.rectified
        sums.1 += outer * units.1.rectified
        sums.2 += outer * units.2.rectified
        sums.3 += outer * units.3.rectified
      }
      targets[first] += scale * sums.0.total
      if first + 1 < count { targets[first + 1] += scale * sums.1.total }
      if first + 2 < count { targets[first + 2] += scale * sums.2.total }
      if first + 3 < count { targets[first + 3] += scale * sums.3.total }
    }
  }
}

extension Span<Float> {
  /// The `count` numbers from `start` on, which are in bounds, then zeros.
  @inline(__always)
  fileprivate func units(at start: Int, _ count: Int) -> Units {
    // Lanes that are set one by one do not become a load.
    if count == 16 {
      return bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: start &* MemoryLayout<Float>.stride, as: Units.self)
    }
    var units = Units()
    for lane in 0..<count { units[lane] = self[unchecked: start &+ lane] }
    return units
  }
}

extension SIMD16<Float> {
  /// The positive numbers, and zeros in place of the others.
  @inline(__always)
  fileprivate var rectified: Self {
    // A sign bit becomes a mask of zeros, its absence one of ones.
    let bits = unsafeBitCast(self, to: SIMD16<UInt32>.self)
    return unsafeBitCast(bits & ((bits &>> 31) &- 1), to: Self.self)
  }

  /// The sum of the lanes, in their order.
  @inline(__always)
  fileprivate var total: Float {
    var total: Float = 0
    for lane in 0..<16 { total += self[lane] }
    return total
  }
}
