import Episodes

// Dimension key
//   N  examples in an episode      n  examples of the context      D  dimension of an input

/// Grows the trees of ``GradientBoostedTrees`` and adds their predictions.
///
/// The examples of a node are a range of positions, the same in the order of every feature; a cut
/// moves those of the lower part to its front.
struct BoostedTreeGrower {
  /// XGBoost makes no cut that gains less.
  private static let leastGain = 1e-6

  /// The examples of a node, and whether the query is among them.
  private struct Node {
    let range: Range<Int>
    let total: LossDerivatives
    /// A feature in whose order the examples stand at `range`.
    let feature: Int
    let holdsQuery: Bool
  }

  private let rule: GradientSplitRule
  private let maximumDepth: Int
  private let learningRate: Double
  private let stride: Int
  /// `[D, N]`
  private var orders: [Int32] = []
  /// Room for the upper part of an order, `[N]`.
  private var room: [Int32]
  /// `[N]`
  private var isBelow: [Bool]

  init(_ learner: GradientBoostedTrees, _ episode: Episode) {
    rule = GradientSplitRule(penalty: learner.l2, leastCurvature: 1)
    maximumDepth = learner.maximumDepth
    learningRate = learner.learningRate
    stride = episode.shape.exampleCount
    room = [Int32](repeating: 0, count: stride)
    isBelow = [Bool](repeating: false, count: stride)
  }

  /// Fits a tree to the inserted examples and adds its predictions.
  ///
  /// - Parameters:
  ///   - derivatives: `[n]`
  ///   - margins: `[n + 1]`: predictions so far, the last that of example `n`.
  mutating func addTree(
    _ features: FeatureOrders, _ derivatives: [LossDerivatives], to margins: inout [Double]
  ) {
    precondition(
      derivatives.count == features.count && margins.count == features.count + 1,
      "A loss for each example, a prediction for each and for the query.")
    orders = features.orders
    var total = LossDerivatives()
    for term in derivatives { total += term }
    let root = Node(range: 0..<features.count, total: total, feature: 0, holdsQuery: true)
    grow(root, depth: 0, features, derivatives, &margins)
  }

  private mutating func grow(
    _ node: Node, depth: Int, _ features: FeatureOrders, _ derivatives: [LossDerivatives],
    _ margins: inout [Double]
  ) {
    guard depth < maximumDepth, let (cut, feature) = bestCut(of: node, features, derivatives)
    else {
      addLeaf(node, &margins)
      return
    }
    let start = feature * stride + node.range.lowerBound
    let (below, above) = (orders[start + cut.position - 1], orders[start + cut.position])
    // Single-precision numbers that differ have a double-precision number between them.
    let threshold =
      0.5 * (features.value(of: feature, Int(below)) + features.value(of: feature, Int(above)))
    let queryIsBelow = features.value(of: feature, margins.count - 1) < threshold
    var lower = LossDerivatives()
    for i in start..<start + cut.position { lower += derivatives[Int(orders[i])] }
    let upper = LossDerivatives(
      first: node.total.first - lower.first, second: node.total.second - lower.second)
    // Leaves are read in the order of the feature that was cut, which is split already.
    if depth + 1 < maximumDepth { partition(node.range, by: feature, cut) }
    let middle = node.range.lowerBound + cut.position
    grow(
      Node(
        range: node.range.lowerBound..<middle, total: lower, feature: feature,
        holdsQuery: node.holdsQuery && queryIsBelow),
      depth: depth + 1, features, derivatives, &margins)
    grow(
      Node(
        range: middle..<node.range.upperBound, total: upper, feature: feature,
        holdsQuery: node.holdsQuery && !queryIsBelow),
      depth: depth + 1, features, derivatives, &margins)
  }

  private func addLeaf(_ node: Node, _ margins: inout [Double]) {
    let step = learningRate * node.total.minimizer(penalty: rule.penalty)
    for i in node.range { margins[Int(orders[node.feature * stride + i])] += step }
    if node.holdsQuery { margins[margins.count - 1] += step }
  }

  /// The best cut with its feature, the first of equally good ones; nil if none gains enough.
  private func bestCut(
    of node: Node, _ features: FeatureOrders, _ derivatives: [LossDerivatives]
  ) -> (cut: Cut, feature: Int)? {
    var best = (cut: Cut(), feature: 0)
    for feature in 0..<features.dimension {
      let start = feature * stride
      let cut = rule.bestCut(
        orders.span.extracting(
          start + node.range.lowerBound..<start + node.range.upperBound),
        features.columns.span.extracting(start..<start + derivatives.count), derivatives.span,
        total: node.total)
      if cut.isBetter(than: best.cut) { best = (cut, feature) }
    }
    let gain = best.cut.score - node.total.decrease(penalty: rule.penalty)
    return gain > Self.leastGain ? best : nil
  }

  /// Moves the examples below a cut to the front of a range of every order, which stay sorted.
  private mutating func partition(_ range: Range<Int>, by cutFeature: Int, _ cut: Cut) {
    for position in range {
      isBelow[Int(orders[cutFeature * stride + position])] =
        position < range.lowerBound + cut.position
    }
    for start in Swift.stride(from: 0, to: orders.count, by: stride)
    where start != cutFeature * stride {
      Self.partition(
        &orders, start + range.lowerBound..<start + range.upperBound, isBelow, &room)
    }
  }

  /// Moves the marked examples to the front of a range of an order.
  private static func partition(
    _ orders: inout [Int32], _ range: Range<Int>, _ isBelow: [Bool], _ room: inout [Int32]
  ) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= orders.count && range.count <= room.count,
      "Orders of the examples.")
    var order = orders.mutableSpan
    var upper = room.mutableSpan
    let isBelow = isBelow.span
    var lowerPlace = range.lowerBound
    var upperPlace = 0
    for position in range {
      // Written to both and counted in one: no branch to guess. Orders hold numbers below N.
      let example = order[unchecked: position]
      let belongsBelow = isBelow[unchecked: Int(example)]
      order[unchecked: lowerPlace] = example
      upper[unchecked: upperPlace] = example
      lowerPlace &+= belongsBelow ? 1 : 0
      upperPlace &+= belongsBelow ? 0 : 1
    }
    for i in 0..<upperPlace { order[lowerPlace + i] = upper[i] }
  }
}
