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
    // In bounds by the precondition.
    for o in 0..<outputCount { self[unchecked: start &+ o] += matrix[unchecked: offset &+ o] }
    let whole = inputCount / 4 * 4
    // Four rows at once, so that sums are loaded and stored once for them.
    for i in stride(from: 0, to: whole, by: 4) {
      let row = offset &+ (1 &+ i) &* outputCount
      let (x0, x1) = (x[unchecked: i], x[unchecked: i &+ 1])
      let (x2, x3) = (x[unchecked: i &+ 2], x[unchecked: i &+ 3])
      for o in 0..<outputCount {
        let first = x0 * matrix[unchecked: row &+ o]
        let second = x1 * matrix[unchecked: row &+ outputCount &+ o]
        let third = x2 * matrix[unchecked: row &+ 2 &* outputCount &+ o]
        let fourth = x3 * matrix[unchecked: row &+ 3 &* outputCount &+ o]
        self[unchecked: start &+ o] += (first + second) + (third + fourth)
      }
    }
    for i in whole..<inputCount {
      let row = offset &+ (1 &+ i) &* outputCount
      let factor = x[unchecked: i]
      for o in 0..<outputCount {
        self[unchecked: start &+ o] += factor * matrix[unchecked: row &+ o]
      }
    }
  }
}
