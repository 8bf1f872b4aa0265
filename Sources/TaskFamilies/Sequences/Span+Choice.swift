extension Span<Float> {
  /// The place, counted from the begin of `range`, into whose share of a distribution a number
  /// falls.
  ///
  /// What has no probability is never chosen.
  ///
  /// - Parameters:
  ///   - number: in `0 ..< 1`.
  ///   - range: of this span, numbers that sum to one.
  func choice(at number: Double, in range: Range<Int>) -> Int {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= count, "A choice is made within its span.")
    var rest = number
    var chosen = range.lowerBound
    for place in range where self[unchecked: place] > 0 {
      chosen = place
      rest -= Double(self[unchecked: place])
      if rest < 0 { break }
    }
    return chosen - range.lowerBound
  }
}
