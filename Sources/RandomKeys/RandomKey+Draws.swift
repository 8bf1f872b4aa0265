extension RandomKey {
  /// Fills `span` with independent numbers from `N(0, standardDeviation²)`.
  ///
  /// A shorter span receives a prefix of what a longer one receives. Work is done in chunks of 64,
  /// so very short spans cost as much as 64 numbers.
  ///
  /// - Complexity: O(count), about 1.4 ns for each number with AVX-512 and 3 ns without.
  package func fillNormals(_ span: inout MutableSpan<Float>, standardDeviation: Float = 1) {
    fillNormals(&span, range: 0..<span.count, standardDeviation: standardDeviation)
  }

  /// Fills the elements `range` of `span` as if they were a span of their own.
  package func fillNormals(
    _ span: inout MutableSpan<Float>, range: Range<Int>, standardDeviation: Float = 1
  ) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= span.count, "Draws stay within their span.")
    var bytes = span.mutableBytes
    let whole = range.count / RandomChunk.count
    let rest = range.count % RandomChunk.count
    for chunk in 0..<whole {
      storeNormals(chunk, RandomChunk.count, standardDeviation, to: &bytes, at: range.lowerBound)
    }
    if rest > 0 { storeNormals(whole, rest, standardDeviation, to: &bytes, at: range.lowerBound) }
  }

  /// Stores the first `count` normal numbers of a chunk, where the draw begins at `offset`.
  @inline(__always)
  private func storeNormals(
    _ index: Int, _ count: Int, _ standardDeviation: Float, to bytes: inout MutableRawSpan,
    at offset: Int
  ) {
    let chunk = RandomChunk(self, index)
    let offset = offset &+ index &* RandomChunk.count
    let first = chunk.firstNormals
    let second = count > 32 ? chunk.secondNormals : first
    bytes.store(standardDeviation * first.0, first: count, at: offset)
    bytes.store(standardDeviation * first.1, first: count &- 16, at: offset &+ 16)
    bytes.store(standardDeviation * second.0, first: count &- 32, at: offset &+ 32)
    bytes.store(standardDeviation * second.1, first: count &- 48, at: offset &+ 48)
  }

  /// Fills `span` with independent uniform numbers from `range`, on a grid of 2⁻²⁴ of its length.
  ///
  /// A shorter span receives a prefix of what a longer one receives.
  package func fillUniforms(_ span: inout MutableSpan<Float>, in range: Range<Float> = 0..<1) {
    precondition(!range.isEmpty, "A uniform number needs a range that is not empty.")
    let low = range.lowerBound
    let length = range.upperBound - low
    fill(&span, count: span.count) { low + length * (floats($0 &>> 8) * 0x1p-24) }
    // Rounding may reach the open end.
    let greatest = range.upperBound.nextDown
    for i in 0..<span.count {
      let number = span[unchecked: i]
      span[unchecked: i] = number < greatest ? number : greatest
    }
  }

  /// Fills `span` with independent numbers from the exponential distribution of mean one.
  ///
  /// A shorter span receives a prefix of what a longer one receives. None is negative, and the
  /// largest is 22.9.
  package func fillExponentials(_ span: inout MutableSpan<Float>) {
    fill(&span, count: span.count) { -logarithmOfUniform($0) }
  }

  /// Fills `span` with independent integers, uniform in `0 ..< bound`.
  ///
  /// A shorter span receives a prefix of what a longer one receives. No integer is more likely than
  /// another by more than `bound · 2⁻³²` of its probability.
  package func fillIntegers(_ span: inout MutableSpan<Int32>, below bound: Int) {
    fillIntegers(&span, count: span.count, below: bound)
  }

  /// Fills the first `count` elements of `span` with independent integers in `0 ..< bound`.
  package func fillIntegers(_ span: inout MutableSpan<Int32>, count: Int, below bound: Int) {
    precondition(bound > 0 && bound <= Int32.max, "Integers are drawn below a positive bound.")
    precondition(count >= 0 && count <= span.count, "Draws stay within their span.")
    let factor = UInt32(truncatingIfNeeded: bound)
    fill(&span, count: count) { PhiloxLanes.scaled($0, by: factor) }
  }

  /// Fills the front of `span` with what `numbers` makes of each sixteen words of the stream.
  @inline(__always)
  private func fill<Element: BitwiseCopyable, Number: SIMDScalar & BitwiseCopyable>(
    _ span: inout MutableSpan<Element>, count: Int, _ numbers: (Words) -> SIMD16<Number>
  ) where Number.SIMD16Storage: BitwiseCopyable {
    let whole = count / RandomChunk.count
    let rest = count % RandomChunk.count
    var bytes = span.mutableBytes
    for chunk in 0..<whole { store(numbers, of: chunk, RandomChunk.count, to: &bytes) }
    if rest > 0 { store(numbers, of: whole, rest, to: &bytes) }
  }

  /// Stores what `numbers` makes of the first `count` words of a chunk.
  @inline(__always)
  private func store<Number: SIMDScalar & BitwiseCopyable>(
    _ numbers: (Words) -> SIMD16<Number>, of index: Int, _ count: Int,
    to bytes: inout MutableRawSpan
  ) where Number.SIMD16Storage: BitwiseCopyable {
    let words = RandomChunk(self, index).words
    let offset = index &* RandomChunk.count
    bytes.store(numbers(words.0), first: count, at: offset)
    bytes.store(numbers(words.1), first: count &- 16, at: offset &+ 16)
    bytes.store(numbers(words.2), first: count &- 32, at: offset &+ 32)
    bytes.store(numbers(words.3), first: count &- 48, at: offset &+ 48)
  }

  /// Fills `span` with the numbers `0 ..< count` in an order uniform among all orders.
  ///
  /// Source: Durstenfeld 1964, <https://doi.org/10.1145/364520.364540>.
  package func fillPermutation(_ span: inout MutableSpan<Int32>) {
    fillPermutation(&span, count: span.count)
  }

  /// Fills the first `count` elements of `span` with the numbers `0 ..< count` in random order.
  package func fillPermutation(_ span: inout MutableSpan<Int32>, count: Int) {
    precondition(
      count >= 0 && count <= span.count && count <= Int32.max,
      "A permutation fits its span and its integers.")
    for i in 0..<count { span[i] = Int32(truncatingIfNeeded: i) }
    var words = RandomChunk(self, 0).array
    for i in 0..<max(0, count - 1) {
      let position = i % RandomChunk.count
      if position == 0, i > 0 { words = RandomChunk(self, i / RandomChunk.count).array }
      let remaining = UInt64(count - i)
      span.swapAt(i, i + Int((UInt64(words[position]) &* remaining) &>> 32))
    }
  }

  /// An integer uniform in `0 ..< bound`, biased by at most `bound · 2⁻⁶⁴` of a probability.
  package func uniformInteger(below bound: Int) -> Int {
    precondition(bound > 0, "An integer is drawn below a positive bound.")
    let words = block(0).words
    let word = UInt64(words.1) &<< 32 | UInt64(words.0)
    return Int(word.multipliedFullWidth(by: UInt64(bound)).high)
  }
}
