// Dimension key
//   I  numbers that come in      O  numbers that go out

extension MutableSpan<Float> {
  /// Adds `b + x W` to the numbers from `start` on.
  ///
  /// - Parameters:
  ///   - start: the first of the `O` numbers.
  ///   - outputCount: `O`
  ///   - x: `[I]` at its front.
  ///   - inputCount: `I`
  ///   - matrix: `b`, `[O]`, and below it `W`, `[I, O]`, from `offset` on.
  mutating func addAffine(
    at start: Int, _ outputCount: Int, of x: Span<Float>, _ inputCount: Int, _ matrix: Span<Float>,
    from offset: Int
  ) {
    precondition(
      start >= 0 && start + outputCount <= count && inputCount <= x.count && offset >= 0
        && offset + (1 + inputCount) * outputCount <= matrix.count,
      "A matrix has a row for each input, and one more.")
    for first in stride(from: 0, to: outputCount, by: 16) {
      let sums = matrix.affineBlock(x, inputCount, outputCount, from: offset, first)
      let left = outputCount - first
      if left >= 16 {
        let (size, index) = (MemoryLayout<Float>.stride, start &+ first)
        var bytes = mutableBytes
        let old = bytes.bytes.floats(at: index)
        // In bounds by the precondition.
        bytes.storeBytes(of: old + sums, toByteOffset: index &* size, as: SIMD16<Float>.self)
      } else {
        for o in 0..<left { self[unchecked: start &+ first &+ o] += sums[o] }
      }
    }
  }
}

extension Span<Float> {
  /// Sixteen of the numbers `b + x W` from number `first` on; those past `O` mean nothing.
  @inline(__always)
  fileprivate func affineBlock(
    _ x: Span<Float>, _ inputCount: Int, _ outputCount: Int, from offset: Int, _ first: Int
  ) -> SIMD16<Float> {
    let source = bytes
    // Rows by turns, as each sum waits for its last addition.
    var even = SIMD16<Float>(repeating: 0)
    var odd = even
    // Sixteen numbers from here on are within the matrices for all but the last rows, if any.
    let lastStart = count - 16
    var row = offset &+ first
    if row <= lastStart { even = source.floats(at: row) } else { addTail(1, at: row, to: &even) }
    row &+= outputCount
    var i = 0
    while i &+ 1 < inputCount, row &+ outputCount <= lastStart {
      // In bounds by the condition and what ``addAffine`` checks.
      even += x[unchecked: i] * source.floats(at: row)
      odd += x[unchecked: i &+ 1] * source.floats(at: row &+ outputCount)
      row &+= 2 &* outputCount
      i &+= 2
    }
    while i < inputCount {
      if i % 2 == 0 { addTail(x[i], at: row, to: &even) } else { addTail(x[i], at: row, to: &odd) }
      row &+= outputCount
      i &+= 1
    }
    return even + odd
  }

  /// Adds `factor` times up to sixteen numbers from number `row` on, as many as there are.
  @inline(__always)
  private func addTail(_ factor: Float, at row: Int, to sums: inout SIMD16<Float>) {
    for o in 0..<Swift.min(16, count - row) { sums[o] += factor * self[row + o] }
  }
}

extension RawSpan {
  /// Sixteen numbers from number `index` on, which has to be in bounds.
  @inline(__always)
  fileprivate func floats(at index: Int) -> SIMD16<Float> {
    unsafeLoadUnaligned(
      fromUncheckedByteOffset: index &* MemoryLayout<Float>.stride, as: SIMD16<Float>.self)
  }
}
