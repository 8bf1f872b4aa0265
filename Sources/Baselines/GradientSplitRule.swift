/// Which cut of a node takes most off a loss expanded to second order.
struct GradientSplitRule {
  /// The weight of half the squared prediction of a leaf.
  let penalty: Double
  /// The least sum of second derivatives in a part.
  let leastCurvature: Double

  /// The best place to cut examples, the lowest of equally good ones, tried between every two
  /// different values; its score is ``LossDerivatives/decrease(penalty:)`` of both parts.
  ///
  /// - Parameters:
  ///   - order: the examples of the node in ascending order of a feature.
  ///   - column: `[N]`, this feature of all examples.
  ///   - derivatives: `[N]`
  ///   - total: their sum over the node.
  func bestCut(
    _ order: Span<Int32>, _ column: Span<Float>, _ derivatives: Span<LossDerivatives>,
    total: LossDerivatives
  ) -> Cut {
    precondition(column.count == derivatives.count, "A value and a loss for each example.")
    var best = Cut()
    var left = LossDerivatives()
    guard var example = order.isEmpty ? nil : Int(order[0]) else { return best }
    for position in 1..<max(1, order.count) {
      // Orders hold numbers of examples, and columns and derivatives have one entry for each.
      left += derivatives[unchecked: example]
      let next = Int(order[unchecked: position])
      let isBoundary = column[unchecked: example] < column[unchecked: next]
      example = next
      guard isBoundary else { continue }
      let right = LossDerivatives(
        first: total.first - left.first, second: total.second - left.second)
      guard left.second >= leastCurvature, right.second >= leastCurvature else { continue }
      // Both decreases over one denominator: a division less.
      let (lower, upper) = (left.second + penalty, right.second + penalty)
      let score =
        (left.first * left.first * upper + right.first * right.first * lower) / (lower * upper)
      let cut = Cut(score: score, position: position)
      if cut.isBetter(than: best) { best = cut }
    }
    return best
  }
}
