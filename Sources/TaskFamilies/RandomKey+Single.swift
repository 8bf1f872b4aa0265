import RandomKeys

extension RandomKey {
  /// Whether an event of this probability happens, to the nearest 2⁻²⁴.
  func isDrawn(_ probability: Float) -> Bool {
    Float(uniformInteger(below: 1 << 24)) < probability * 0x1p24
  }

  /// One uniform number in `0 ..< 1`, on a grid of 2⁻⁵³.
  func uniform() -> Double { Double(uniformInteger(below: 1 << 53)) * 0x1p-53 }

  /// One number from `N(0, 1)`.
  func normal() -> Float {
    var number = InlineArray<1, Float>(repeating: 0)
    var span = number.mutableSpan
    fillNormals(&span)
    return number[0]
  }
}
