extension RawSpan {
  /// Sixteen numbers from number `index` on, which has to be in bounds.
  @inline(__always)
  func floats(at index: Int) -> SIMD16<Float> {
    unsafeLoadUnaligned(
      fromUncheckedByteOffset: index &* MemoryLayout<Float>.stride, as: SIMD16<Float>.self)
  }
}

extension MutableRawSpan {
  /// Sets sixteen numbers from number `index` on, which is checked.
  @inline(__always)
  mutating func store(_ numbers: SIMD16<Float>, at index: Int) {
    storeBytes(
      of: numbers, toByteOffset: index &* MemoryLayout<Float>.stride, as: SIMD16<Float>.self)
  }
}

extension Span<Float> {
  /// Sixteen numbers from `start` on, and zeros behind the last one.
  @inline(__always)
  func sixteen(from start: Int) -> SIMD16<Float> {
    // In bounds by the condition.
    start &+ 16 <= count ? bytes.floats(at: start) : last(from: start)
  }

  /// Not inlined: lanes that are set one by one would take the registers of loops around them.
  @inline(never)
  private func last(from start: Int) -> SIMD16<Float> {
    var numbers = SIMD16<Float>(repeating: 0)
    for lane in 0..<Swift.max(0, count - start) { numbers[lane] = self[start + lane] }
    return numbers
  }
}
