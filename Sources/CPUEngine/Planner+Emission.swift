internal import ComputeGraph
internal import Tensors

extension Planner {
  /// Appends the kernels of one node.
  mutating func emit(_ node: Int) throws {
    let record = graph.nodes[node]
    let y = record.resultShapes.indices.map { Value(node: node, result: $0) }
    let shape = record.resultShapes[0]
    let count = shape.count
    switch record.primitive {
    case .input: _ = result(y[0])
    case .parameter: alias(y[0], to: Slot(space: .parameters, offset: parameterOffsets[y[0]] ?? 0))
    case .fill(let number, _): alias(y[0], to: constant([Float](repeating: number, count: count)))
    case .constant(let elements, _): alias(y[0], to: constant(elements))
    case .add: if !isFused(node) { emit(.add, record.operands, y[0]) }
    case .subtract: emit(.subtract, record.operands, y[0])
    case .multiply: if !isFused(node) { emit(.multiply, record.operands, y[0]) }
    case .divide: emit(.divide, record.operands, y[0])
    case .affine(let scale, let offset):
      emit(.affine(scale: scale, offset: offset), record.operands[0], y[0])
    case .exponential: emit(.exponential, record.operands[0], y[0])
    case .logarithm: emit(.logarithm, record.operands[0], y[0])
    case .tanh: emit(.tanh, record.operands[0], y[0])
    case .squareRoot: emit(.squareRoot, record.operands[0], y[0])
    case .step: emit(.step, record.operands[0], y[0])
    case .reshape: alias(y[0], to: slot(record.operands[0]))
    case .transpose, .broadcast, .slice, .place, .sum, .maximum:
      emitStrided(record.primitive, record.operands[0], y[0])
    case .matmul(let left, let right, let precision):
      try emitMatmul(node, left, right, precision)
    case .linear(let precision): try emitLinear(node, precision)
    case .layerNorm(let epsilon):
      let x = record.operands
      kernels.append(
        .layerNorm(
          slot(x[0]), scale: slot(x[1]), shift: slot(x[2]),
          into: result(y[0], in: precision(of: y[0])), mean: result(y[1]),
          inverse: result(y[2]), rows: graph.shape(of: y[1]).count,
          features: shape[-1], epsilon: epsilon))
    case .layerNormGradient: emitLayerNormGradient(node)
    case .activation(let activation):
      kernels.append(
        .activation(
          activation, slot(record.operands[0]), into: result(y[0], in: precision(of: y[0])),
          slope: isUsed(y[1]) ? result(y[1], in: precision(of: y[1])) : nil, count: count))
    case .attention(let rule): try emitAttention(node, rule)
    case .attentionGradient(let rule): try emitAttentionGradient(node, rule)
    case .squaredError(let scale):
      kernels.append(
        .squaredError(
          slot(record.operands[0]), target: slot(record.operands[1]), into: result(y[0]),
          slope: isUsed(y[1]) ? result(y[1]) : nil, scale: scale,
          count: record.resultShapes[1].count))
    case .crossEntropy(let scale):
      let logits = record.resultShapes[1]
      kernels.append(
        .crossEntropy(
          slot(record.operands[0]), target: slot(record.operands[1]), into: result(y[0]),
          slope: isUsed(y[1]) ? result(y[1]) : nil, scale: scale,
          rows: logits.removing([logits.rank - 1]).count, classes: logits[-1]))
    case .clipByNorm, .adamW:
      throw EngineError.unsupported("\(record.primitive.name) belongs into the update")
    }
  }

  private func isFused(_ node: Int) -> Bool {
    fusions.values.contains { $0.result.node == node }
  }

  private mutating func emit(_ function: BinaryFunction, _ operands: [Value], _ y: Value) {
    let count = graph.shape(of: y).count
    kernels.append(
      .binary(function, slot(operands[0]), slot(operands[1]), into: result(y), count: count))
  }

  private mutating func emit(_ function: UnaryFunction, _ x: Value, _ y: Value) {
    kernels.append(.unary(function, slot(x), into: result(y), count: graph.shape(of: y).count))
  }

  private mutating func emitMatmul(
    _ node: Int, _ transposeLeft: Bool, _ transposeRight: Bool, _ precision: Precision
  ) throws {
    let record = graph.nodes[node]
    let (left, shape) = (graph.shape(of: record.operands[0]), record.resultShapes[0])
    let inner = transposeLeft ? left[-2] : left[-1]
    var product = MatrixProductShape(
      batch: shape.extents.dropLast(2).reduce(1, *), rows: shape[-2], columns: shape[-1],
      inner: inner, transposeLeft: transposeLeft, transposeRight: transposeRight)
    product.precision = precision
    try emitProduct(node, product, record.operands[0], record.operands[1], bias: nil)
  }

  private mutating func emitLinear(_ node: Int, _ precision: Precision) throws {
    let operands = graph.nodes[node].operands
    let (input, weight) = (graph.shape(of: operands[0]), graph.shape(of: operands[1]))
    var product = MatrixProductShape(
      rows: input.extents.dropLast().reduce(1, *), columns: weight[1], inner: weight[0],
      transposeLeft: false, transposeRight: false)
    product.precision = precision
    product.bias = true
    try emitProduct(node, product, operands[0], operands[1], bias: operands[2])
  }

  private mutating func emitProduct(
    _ node: Int, _ shape: MatrixProductShape, _ left: Value, _ right: Value, bias: Value?
  ) throws {
    guard !shape.result.contains(0), !shape.left.contains(0) else {
      let target = destination(node, in: .float32).slot
      return kernels.append(.fill(0, into: target, count: shape.result.reduce(1, *)))
    }
    let (target, other) = destination(node)
    var shape = shape
    shape.resultPrecision = target.precision
    var (plain, accumulating) = (shape, shape)
    plain.combination = other?.combination
    plain.otherPrecision = other?.slot.precision ?? .float32
    accumulating.accumulates = true
    let contributes = target.space == .gradients
    // A weight changes once a step and is read by every block: it pays to bring it into the best
    // layout.
    plain.packsRight =
      slot(right).space == .parameters && shape.left.count == 2 && !contributes
    let index = try product(plain)
    let weight =
      plain.packsRight ? packed(slot(right), for: index) : operand(right, in: shape.precision)
    kernels.append(
      .product(
        index: index, accumulating: contributes ? try product(accumulating) : nil,
        left: operand(left, in: shape.precision), right: weight, result: target,
        bias: bias.map(slot), other: other?.slot))
  }

  private mutating func emitStrided(_ primitive: Primitive, _ x: Value, _ y: Value) {
    let (source, target) = (graph.shape(of: x), graph.shape(of: y))
    var initial: Float?
    var action = StridedLoop.Action.copy
    var (extents, from, to) = (target.extents, source.strides, target.strides)
    var shift = (source: 0, target: 0)
    switch primitive {
    case .transpose(let permutation): from = permutation.map { source.strides[$0] }
    case .broadcast(_, let axes):
      from = target.extents.indices.map { axis in
        axes.firstIndex(of: axis).map { source.strides[$0] } ?? 0
      }
    case .slice(let axis, let start, let stride, _):
      shift.source = start * source.strides[axis]
      from[axis] *= stride
    case .place(let axis, let start, let stride, _):
      initial = 0
      extents = source.extents
      shift.target = start * target.strides[axis]
      to[axis] *= stride
    case .sum(let axes):
      (initial, action, extents, to) = (0, .add, source.extents, kept(source, target, axes))
    case .maximum(let axis):
      (initial, action, extents) = (-.infinity, .maximum, source.extents)
      to = kept(source, target, [axis])
    default: preconditionFailure("Only movements and reductions are strided loops.")
    }
    let loop = StridedLoop(extents: extents, source: from, target: to, action: action, shift: shift)
    let place = result(
      y, in: action == .copy ? precision(of: y) : .float32, direct: action == .add)
    kernels.append(
      .strided(
        loop, action == .copy ? operand(x, in: place.precision) : slot(x), into: place,
        initial: initial, count: target.count,
        contributes: place.space == .gradients))
  }

  /// Strides of a reduction's result along each axis of its operand.
  private func kept(_ source: Shape, _ target: Shape, _ axes: [Int]) -> [Int] {
    var strides = [Int](repeating: 0, count: source.rank)
    let remaining = (0..<source.rank).filter { !axes.contains($0) }
    for (position, axis) in remaining.enumerated() { strides[axis] = target.strides[position] }
    return strides
  }

  private mutating func emitLayerNormGradient(_ node: Int) {
    let record = graph.nodes[node]
    let x = record.operands.map(slot)
    // The kernel adds to the lane's sums of scale and shift together or not at all, and never to
    // the input's.
    let (forInput, other) = destination(node, in: .float32, direct: false)
    let input = fusions[node]?.result ?? Value(node: node, result: 0)
    let copy = isReadRounded(input) ? array(graph.shape(of: input).count, in: .bfloat16) : nil
    rounded[input] = copy
    let vectors = [1, 2].map { Value(node: node, result: $0) }
    let contributes = vectors.allSatisfy { gradientOffsets[$0] != nil && uses[$0] == nil }
    let forScale = result(vectors[0], direct: contributes)
    let forShift = result(vectors[1], direct: contributes)
    let slots = LayerNormGradientSlots(
      cotangent: x[0], input: x[1], mean: x[2], inverse: x[3], scale: x[4], addend: other?.slot,
      forInput: forInput, rounded: copy, forScale: forScale, forShift: forShift)
    let shape = record.resultShapes[0]
    kernels.append(
      .layerNormGradient(
        slots, rows: shape.removing([shape.rank - 1]).count, features: shape[-1],
        contributes: contributes))
  }
}
