internal import ComputeGraph
internal import Tensors

extension FunctionText {
  /// Adds the plain primitive that makes a value of `shape` out of operands: one row each.
  ///
  /// Sources are arguments, and fused primitives are decomposed before; neither comes here.
  mutating func emit(_ primitive: Primitive, _ x: [Operand], _ shape: Shape) -> Operand {
    switch primitive {
    case .fill(let number, _): return splat(number, shape)
    case .constant(let numbers, _): return constant(numbers, shape)
    case .add: return binary("add", x[0], x[1])
    case .subtract: return binary("subtract", x[0], x[1])
    case .multiply: return binary("multiply", x[0], x[1])
    case .divide: return binary("divide", x[0], x[1])
    case .affine(let scale, let offset): return affine(x[0], scale, offset)
    case .exponential: return unary("exponential", x[0])
    case .logarithm: return unary("log", x[0])
    case .tanh: return unary("tanh", x[0])
    case .squareRoot: return unary("sqrt", x[0])
    case .step:
      let isPositive = compare("GT", x[0], splat(0, shape))
      return convert(isPositive, to: .float32)
    case .reshape: return reshape(x[0], to: shape)
    case .transpose(let permutation):
      return change("transpose", x[0], TensorType(shape), options: ", dims = \(permutation)")
    case .broadcast(_, let axes): return broadcast(x[0], to: shape, axes: axes)
    case .slice(let axis, let start, let stride, let count):
      return slice(x[0], axis: axis, start: start, stride: stride, count: count)
    case .place(let axis, let start, let stride, let extent):
      return place(x[0], axis: axis, start: start, stride: stride, extent: extent)
    case .sum(let axes): return reduce("add", x[0], axes: axes, from: splat(0, []))
    case .maximum(let axis):
      return reduce("maximum", x[0], axes: [axis], from: splat(-.infinity, []))
    case .matmul(let left, let right, let precision):
      return product(
        x[0], x[1], transposeLeft: left, transposeRight: right, precision: precision)
    case .input, .parameter, .linear, .layerNorm, .layerNormGradient, .activation, .attention,
      .attentionGradient, .squaredError, .crossEntropy, .clipByNorm, .adamW:
      preconditionFailure("A graph is decomposed, and its sources bound, before it is written.")
    }
  }

  private mutating func affine(_ x: Operand, _ scale: Float, _ offset: Float) -> Operand {
    let scaled = scale == 1 ? x : binary("multiply", x, splat(scale, x.shape))
    return offset == 0 ? scaled : binary("add", scaled, splat(offset, x.shape))
  }

  /// Adds a whole computation.
  ///
  /// - Parameters:
  ///   - graph: of primitives of any kind; its inputs and parameters have names of their own.
  ///   - outputs: what of it is needed.
  ///   - sources: the inputs and parameters, by name.
  /// - Returns: one operand for each of `outputs`.
  /// - Throws: `ShapeError` never for a graph that was built.
  mutating func emit(
    _ graph: Graph, outputs: [Value], sources: [String: Operand]
  ) throws -> [Operand] {
    let plain = try graph.decomposed(keeping: outputs)
    var operands: [Value: Operand] = [:]
    for node in plain.graph.ancestors(of: plain.outputs) {
      let record = plain.graph.nodes[node]
      let value = Value(node: node, result: 0)
      guard let source = record.primitive.source else {
        operands[value] = emit(
          record.primitive, record.operands.compactMap { operands[$0] }, record.resultShapes[0])
        continue
      }
      guard let operand = sources[source.name] else {
        preconditionFailure("Every source of a graph is given: \(source.name).")
      }
      operands[value] = operand
    }
    return plain.outputs.compactMap { operands[$0] }
  }
}
