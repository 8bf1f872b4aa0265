import RandomKeys

extension RandomKey {
  /// Fills `span` with independent signs, -1 and 1 equally often.
  func fillSigns(_ span: inout MutableSpan<Float>) {
    // Half of the grid of uniform numbers in -1 ..< 1 is negative.
    fillUniforms(&span, in: -1..<1)
    for i in 0..<span.count { span[unchecked: i] = span[unchecked: i] < 0 ? -1 : 1 }
  }
}
