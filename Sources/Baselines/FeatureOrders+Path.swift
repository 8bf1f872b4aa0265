// Dimension key
//   N  examples in an episode      n  the first examples of it      D  dimension of an input

extension FeatureOrders {
  /// The inserted examples that share the leaf of `query` in the greedy tree of them all.
  ///
  /// Only the nodes on the way to that leaf are grown. Of equally good cuts the first feature's is
  /// taken, then the lowest. A node is a leaf when its targets are equal, its inputs are, or at
  /// `maximumDepth`.
  ///
  /// - Complexity: O(D · n) for each node of the path.
  func leaf<Criterion: SplitCriterion>(
    of query: Int, maximumDepth: Int, criterion: inout Criterion
  ) -> [Int32] {
    var orders = orders
    var size = count
    var stays = [Bool](repeating: false, count: exampleCount)
    for _ in 0..<maximumDepth {
      let summary = criterion.summary(of: orders.span.extracting(0..<size))
      guard size > 1, !criterion.isPure(summary) else { break }
      var best = (cut: Cut(), feature: 0)
      for feature in 0..<dimension {
        let start = feature * exampleCount
        let cut = criterion.bestCut(
          orders.span.extracting(start..<start + size),
          columns.span.extracting(start..<start + exampleCount), summary)
        if cut.isBetter(than: best.cut) { best = (cut, feature) }
      }
      guard best.cut.position > 0 else { break }
      size = keepSide(of: query, best.feature, best.cut, &orders, size, &stays)
    }
    return Array(orders[0..<size])
  }

  /// Keeps the examples of a node that lie on the same side of a cut as `query`.
  ///
  /// - Returns: how many there are.
  private func keepSide(
    of query: Int, _ feature: Int, _ cut: Cut, _ orders: inout [Int32], _ size: Int,
    _ stays: inout [Bool]
  ) -> Int {
    let start = feature * exampleCount
    let (below, above) = (orders[start + cut.position - 1], orders[start + cut.position])
    // Single-precision numbers that differ have a double-precision number between them.
    let threshold = 0.5 * (value(of: feature, Int(below)) + value(of: feature, Int(above)))
    let isBelow = value(of: feature, query) < threshold
    for position in 0..<size {
      stays[Int(orders[start + position])] = (position < cut.position) == isBelow
    }
    let kept = isBelow ? cut.position : size - cut.position
    var order = orders.mutableSpan
    for feature in 0..<dimension {
      var place = feature * exampleCount
      for position in 0..<size {
        let example = order[feature * exampleCount + position]
        if stays[Int(example)] {
          order[place] = example
          place += 1
        }
      }
    }
    return kept
  }
}
