// Dimension key
//   I  numbers that come in      O  numbers that go out
//   S  numbers from a row to the next, a multiple of 16

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
        var bytes = mutableBytes
        // In bounds by the precondition.
        let old = bytes.bytes.floats(at: start &+ first)
        bytes.store(old + sums, at: start &+ first)
      } else {
        for o in 0..<left { self[unchecked: start &+ first &+ o] += sums[o] }
      }
    }
  }

  /// Replaces four rows by `b + x W`, so that each weight is read once for all of them.
  ///
  /// - Parameters:
  ///   - outputStride: `S`; what is in a row past its `O` numbers means nothing afterwards.
  ///   - outputCount: `O`
  ///   - x: `[4, S']`, of which the first `I` numbers of each row are read.
  ///   - inputStride: `S'`
  ///   - inputCount: `I`
  ///   - matrix: `b`, `[O]`, and below it `W`, `[I, O]`, from `offset` on.
  mutating func setFourAffine(
    stride outputStride: Int, _ outputCount: Int, of x: Span<Float>, stride inputStride: Int,
    _ inputCount: Int, _ matrix: Span<Float>, from offset: Int
  ) {
    precondition(
      outputCount <= outputStride && outputStride % 16 == 0 && 4 * outputStride <= count
        && inputCount <= inputStride && 4 * inputStride <= x.count && offset >= 0
        && offset + (1 + inputCount) * outputCount <= matrix.count,
      "A matrix has a row for each input, and one more.")
    var bytes = mutableBytes
    for first in Swift.stride(from: 0, to: outputCount, by: 16) {
      var row = offset &+ first
      let biases = matrix.sixteen(from: row)
      var sums = (biases, biases, biases, biases)
      for i in 0..<inputCount {
        row &+= outputCount
        let weights = matrix.sixteen(from: row)
        // In bounds by the precondition.
        sums.0 += x[unchecked: i] * weights
        sums.1 += x[unchecked: inputStride &+ i] * weights
        sums.2 += x[unchecked: 2 &* inputStride &+ i] * weights
        sums.3 += x[unchecked: 3 &* inputStride &+ i] * weights
      }
      bytes.store(sums.0, at: first)
      bytes.store(sums.1, at: outputStride &+ first)
      bytes.store(sums.2, at: 2 &* outputStride &+ first)
      bytes.store(sums.3, at: 3 &* outputStride &+ first)
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
