internal import ComputeGraph
internal import Tensors

// Dimension key
//   B  episodes      Q  queries      T  keys      H  heads      K  dimension of one head

extension Planner {
  /// The strided views of one attention.
  private struct Views {
    /// `[B, H, Q, K]` within `[B, Q, H·K]`
    let query: StridedMatrix
    /// `[B, H, T, K]` within `[B, T, H·K]`
    let key: StridedMatrix
    /// `[B, H, Q, T]`, dense: oneDNN's fast kernels take no other.
    let weights: StridedMatrix
    let matrices: Int

    init(query: Shape, key: Shape, heads: Int) {
      let (episodes, queries, features) = (query[0], query[1], query[2])
      let (keys, width) = (key[1], features / heads)
      self.query = StridedMatrix(
        extents: [episodes, heads, queries, width],
        strides: [queries * features, width, features, 1])
      self.key = StridedMatrix(
        extents: [episodes, heads, keys, width], strides: [keys * features, width, features, 1])
      weights = StridedMatrix(
        extents: [episodes, heads, queries, keys],
        strides: [heads * queries * keys, queries * keys, keys, 1])
      matrices = episodes * heads
    }

    var weightCount: Int { matrices * weights.extents[2] * weights.extents[3] }
  }

  mutating func emitAttention(_ node: Int, _ rule: AttentionRule) throws {
    let x = graph.nodes[node].operands
    let (output, weights) = (Value(node: node, result: 0), Value(node: node, result: 1))
    if let kernel = attentionKernel(weights, x[0], rule) {
      let slots = slots(kernel, x, weights: array(kernel.weightCount))
      alias(weights, to: slots.weights)
      attentionKernels[weights] = kernel
      return kernels.append(
        .attention(kernel, slots, output: result(output, in: precision(of: output))))
    }
    let views = views(x[0], x[1], rule)
    let place = array(views.weightCount)
    alias(weights, to: place)
    let operands = x.map { operand($0, in: rule.precision) }
    let target = result(output, in: precision(of: output))
    try emit(views.query, operands[0], views.key.transposed, operands[1], views.weights, place)
    kernels.append(
      .attentionWeights(AttentionWeights(rule: rule), place, matrices: views.matrices))
    let factors = operand(weights, in: rule.precision)
    try emit(views.weights, factors, views.key, operands[2], views.query, target)
  }

  mutating func emitAttentionGradient(_ node: Int, _ rule: AttentionRule) throws {
    let x = graph.nodes[node].operands
    let results = (0..<3).map { Value(node: node, result: $0) }
    let targets = results.map { result($0, in: precision(of: $0)) }
    let operands = x[0..<4].map { operand($0, in: rule.precision) }
    if let kernel = attentionKernels[x[4]] {
      let slots = slots(kernel, Array(x[1...3]), weights: slot(x[4]))
      return kernels.append(
        .attentionGradient(
          kernel, slots, cotangent: operands[0], query: targets[0], key: targets[1],
          value: targets[2]))
    }
    let views = views(x[1], x[2], rule)
    let (g, query, key, value) = (operands[0], operands[1], operands[2], operands[3])
    let weights = slot(x[4])
    let factors = operand(x[4], in: rule.precision)
    let cotangent = array(views.weightCount)
    try emit(views.weights.transposed, factors, views.query, g, views.key, targets[2])
    try emit(views.query, g, views.key.transposed, value, views.weights, cotangent)
    kernels.append(
      .attentionWeightsGradient(
        AttentionWeights(rule: rule), cotangent, weights: weights, matrices: views.matrices))
    let scores = rounded(cotangent, views.weightCount, in: rule.precision)
    try emit(views.weights, scores, views.key, key, views.query, targets[0])
    try emit(views.weights.transposed, scores, views.query, query, views.key, targets[1])
  }

  /// A kernel that computes visible scores only, where heads suit it and its own gradient alone
  /// reads the weights.
  private func attentionKernel(
    _ weights: Value, _ query: Value, _ rule: AttentionRule
  ) -> (any AttentionKernel)? {
    let readers = uses[weights] ?? []
    let isPrivate =
      !outputs.contains(weights)
      && readers.allSatisfy { node in
        guard case .attentionGradient(rule) = graph.nodes[node].primitive else { return false }
        let operands = graph.nodes[node].operands
        return operands[4] == weights
          && Array(operands[1...3]) == graph.nodes[weights.node].operands
      }
    let shape = graph.shape(of: query)
    guard isPrivate else { return nil }
    #if arch(x86_64) && os(Linux)
      if library.hasTiles,
        let tiles = TileAttention(rule: rule, episodes: shape[0], features: shape[2])
      {
        return tiles
      }
    #endif
    return VisibleAttention(rule: rule, episodes: shape[0], features: shape[2])
  }

  private mutating func slots(
    _ kernel: any AttentionKernel, _ x: [Value], weights: Slot
  ) -> AttentionSlots {
    let operands = x.map { operand($0, in: kernel.rule.precision) }
    return AttentionSlots(
      query: operands[0], key: operands[1], value: operands[2], weights: weights,
      scratch: array(kernel.scratchCount))
  }

  private func views(_ query: Value, _ key: Value, _ rule: AttentionRule) -> Views {
    Views(query: graph.shape(of: query), key: graph.shape(of: key), heads: rule.heads)
  }

  private mutating func emit(
    _ left: StridedMatrix, _ a: Slot, _ right: StridedMatrix, _ b: Slot,
    _ result: StridedMatrix, _ c: Slot
  ) throws {
    var shape = MatrixProductShape(left, right, into: result)
    shape.precision = a.precision
    shape.resultPrecision = c.precision
    let index = try product(shape)
    kernels.append(
      .product(
        index: index, accumulating: nil, left: a, right: b, result: c, bias: nil, other: nil))
  }
}
