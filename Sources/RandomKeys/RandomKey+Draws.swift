extension RandomKey {
  /// Fills `span` with independent numbers from `N(0, standardDeviation²)`.
  ///
  /// A shorter span receives a prefix of what a longer one receives. Work is done in chunks of 64,
  /// so very short spans cost as much as 64 numbers.
  ///
  /// - Complexity: O(count), about 2.5 ns for each number with AVX-512 and 5 ns without.
  package func fillNormals(_ span: inout MutableSpan<Float>, standardDeviation: Float = 1) {
    fillNormals(&span, range: 0..<span.count, standardDeviation: standardDeviation)
  }

  /// Fills the elements `range` of `span` as if they were a span of their own.
  package func fillNormals(
    _ span: inout MutableSpan<Float>, range: Range<Int>, standardDeviation: Float = 1
  ) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= span.count, "Draws stay within their span.")
    let whole = range.count / RandomChunk.count
    for chunk in 0..<whole {
      let chunkOfNormals = RandomChunk.normals(self, chunk)
      let normals = chunkOfNormals.span
      let offset = range.lowerBound &+ chunk &* RandomChunk.count
      // In bounds: the chunk is one of those that fit entirely.
      for i in 0..<64 {
        span[unchecked: offset &+ i] = standardDeviation * normals[unchecked: i]
      }
    }
    let offset = range.lowerBound + whole * RandomChunk.count
    guard offset < range.upperBound else { return }
    let normals = RandomChunk.normals(self, whole)
    for i in offset..<range.upperBound { span[i] = standardDeviation * normals[i - offset] }
  }

  /// Fills `span` with independent uniform numbers from `range`, on a grid of 2⁻²⁴ of its length.
  ///
  /// A shorter span receives a prefix of what a longer one receives.
  package func fillUniforms(_ span: inout MutableSpan<Float>, in range: Range<Float> = 0..<1) {
    precondition(!range.isEmpty, "A uniform number needs a range that is not empty.")
    let low = range.lowerBound
    let length = range.upperBound - low
    let greatest = range.upperBound.nextDown
    let whole = span.count / RandomChunk.count
    for chunk in 0..<whole {
      let chunkOfUniforms = RandomChunk.uniforms(self, chunk)
      let uniforms = chunkOfUniforms.span
      let offset = chunk &* RandomChunk.count
      for i in 0..<64 {
        let number = low + length * uniforms[unchecked: i]
        // Rounding may reach the open end. In bounds as in `fillNormals`.
        span[unchecked: offset &+ i] = number < greatest ? number : greatest
      }
    }
    let offset = whole * RandomChunk.count
    guard offset < span.count else { return }
    let uniforms = RandomChunk.uniforms(self, whole)
    for i in offset..<span.count {
      let number = low + length * uniforms[i - offset]
      span[i] = number < greatest ? number : greatest
    }
  }

  /// Fills `span` with independent integers, uniform in `0 ..< bound`.
  ///
  /// A shorter span receives a prefix of what a longer one receives. No integer is more likely than
  /// another by more than `bound · 2⁻³²` of its probability.
  package func fillIntegers(_ span: inout MutableSpan<Int32>, below bound: Int) {
    precondition(bound > 0 && bound <= Int32.max, "Integers are drawn below a positive bound.")
    var offset = 0
    while offset < span.count {
      let words = RandomChunk.words(self, offset / RandomChunk.count)
      for i in 0..<min(RandomChunk.count, span.count - offset) {
        span[offset + i] = Int32(truncatingIfNeeded: (UInt64(words[i]) &* UInt64(bound)) &>> 32)
      }
      offset += RandomChunk.count
    }
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
    var words = RandomChunk.words(self, 0)
    for i in 0..<max(0, count - 1) {
      let position = i % RandomChunk.count
      if position == 0, i > 0 { words = RandomChunk.words(self, i / RandomChunk.count) }
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
