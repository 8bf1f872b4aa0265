// Dimension key
//   S  numbers from a row to the next, at most 256

/// Room for what flows through a network for four inputs at a time.
struct NetworkRoom {
  /// `[4, S]`
  var incoming = InlineArray<1024, Float>(repeating: 0)
  /// `[4, S]`
  var sums = InlineArray<1024, Float>(repeating: 0)
  /// `[4, S]`, with an `S` of at most 64.
  var outputs = InlineArray<256, Float>(repeating: 0)

  /// Writes the `count` numbers from `start` on into one of the rows that come in.
  mutating func setRow(
    _ row: Int, to numbers: Span<Float>, from start: Int, _ count: Int, _ stride: Int
  ) {
    for i in 0..<count { incoming[row * stride + i] = numbers[start + i] }
  }
}
