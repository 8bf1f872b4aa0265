// Dimension key
//   N  examples in an episode      D  dimension of an input      R  hidden units

/// A number of each of sixteen hidden units.
private typealias Units = SIMD16<Float>

/// A number of each of sixteen hidden units for each of four examples.
private typealias Sums = (Units, Units, Units, Units)

extension ReLUNetwork {
  /// Four examples by 32 units at once, whose sums stay in registers.
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
    let last = count - 1
    for first in stride(from: 0, to: count, by: 4) {
      // Where fewer are left, the last one is computed again.
      let rows = (
        first * width, min(first + 1, last) * width, min(first + 2, last) * width,
        min(first + 3, last) * width
      )
      var sums = (Units(), Units(), Units(), Units())
      for block in stride(from: 0, to: hiddenCount, by: 32) {
        if hiddenCount - block > 16 {
          addPair(block, latent, inputs, rows, to: &sums)
        } else {
          addUnits(block, latent, inputs, rows, to: &sums)
        }
      }
      targets[first] += scale * sums.0.total
      if first + 1 < count { targets[first + 1] += scale * sums.1.total }
      if first + 2 < count { targets[first + 2] += scale * sums.2.total }
      if first + 3 < count { targets[first + 3] += scale * sums.3.total }
    }
  }

  /// Adds what 32 units from unit `block` on contribute to the targets of four examples.
  @inline(__always)
  private func addPair(
    _ block: Int, _ latent: Span<Float>, _ inputs: Span<Float>, _ rows: (Int, Int, Int, Int),
    to sums: inout Sums
  ) {
    var units = (Units(), Units(), Units(), Units())
    var others = units
    var row = block
    for i in 0..<dimension {
      // Past the last unit are numbers of the next row, which outer weights of zero undo. In bounds,
      // as there are more than 16 units and a row of outer weights follows.
      let weights = (latent.bytes.floats(at: row), latent.bytes.floats(at: row &+ 16))
      row &+= hiddenCount
      units.0 += inputs[unchecked: rows.0 &+ i] * weights.0
      units.1 += inputs[unchecked: rows.1 &+ i] * weights.0
      units.2 += inputs[unchecked: rows.2 &+ i] * weights.0
      units.3 += inputs[unchecked: rows.3 &+ i] * weights.0
      others.0 += inputs[unchecked: rows.0 &+ i] * weights.1
      others.1 += inputs[unchecked: rows.1 &+ i] * weights.1
      others.2 += inputs[unchecked: rows.2 &+ i] * weights.1
      others.3 += inputs[unchecked: rows.3 &+ i] * weights.1
    }
    // Behind the last outer weight is nothing, hence zeros.
    add(latent.sixteen(from: row), units, to: &sums)
    add(latent.sixteen(from: row &+ 16), others, to: &sums)
  }

  /// Adds what up to 16 units from unit `block` on contribute.
  @inline(__always)
  private func addUnits(
    _ block: Int, _ latent: Span<Float>, _ inputs: Span<Float>, _ rows: (Int, Int, Int, Int),
    to sums: inout Sums
  ) {
    var units = (Units(), Units(), Units(), Units())
    var row = block
    for i in 0..<dimension {
      // Where there are fewer units than lanes, the last row may end before sixteen numbers.
      let weights =
        hiddenCount < 16 ? latent.sixteen(from: row) : latent.bytes.floats(at: row)
      row &+= hiddenCount
      units.0 += inputs[unchecked: rows.0 &+ i] * weights
      units.1 += inputs[unchecked: rows.1 &+ i] * weights
      units.2 += inputs[unchecked: rows.2 &+ i] * weights
      units.3 += inputs[unchecked: rows.3 &+ i] * weights
    }
    add(latent.sixteen(from: row), units, to: &sums)
  }

  @inline(__always)
  private func add(_ outer: Units, _ units: Sums, to sums: inout Sums) {
    sums.0 += outer * units.0.rectified
    sums.1 += outer * units.1.rectified
    sums.2 += outer * units.2.rectified
    sums.3 += outer * units.3.rectified
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
