import Tensors

extension GraphBuilder {
  /// The rule of reverse-mode differentiation of each primitive.
  ///
  /// Only the first result of a primitive carries a cotangent; the others exist for its own rule.
  ///
  /// - Parameters:
  ///   - node: the node to differentiate.
  ///   - g: the cotangent of its first result.
  /// - Returns: the cotangent of each operand, `nil` where the derivative is zero everywhere.
  func pullback(_ node: Int, _ g: Term) throws(ShapeError) -> [Term?] {
    let record = graph.nodes[node]
    let x = record.operands.map { Term(builder: self, value: $0) }
    let y = record.resultShapes.indices.map {
      Term(builder: self, value: Value(node: node, result: $0))
    }
    switch record.primitive {
    case .input, .parameter, .fill, .constant: return []
    case .add: return [g, g]
    case .subtract: return [g, try -1 * g]
    case .multiply: return [try g * x[1], try g * x[0]]
    case .divide: return [try g / x[1], try -1 * (g * y[0] / x[1])]
    case .affine(let scale, _): return [try scale * g]
    case .exponential: return [try g * y[0]]
    case .logarithm: return [try g / x[0]]
    case .tanh: return [try g * (1 - y[0] * y[0])]
    case .squareRoot: return [try 0.5 * (g / y[0])]
    case .step: return [nil]
    case .reshape: return [try g.reshaped(to: x[0].shape)]
    case .transpose(let permutation): return [try g.transposed(permutation.inverse)]
    case .broadcast(let shape, let axes):
      return [try g.sum(axes: (0..<shape.rank).filter { !axes.contains($0) })]
    case .slice(let axis, let start, let stride, _):
      let extent = x[0].shape[axis]
      return [try g.apply(.place(axis: axis, start: start, stride: stride, extent: extent))]
    case .place(let axis, let start, let stride, _):
      return [try g.slice(axis: axis, start: start, stride: stride, count: x[0].shape[axis])]
    case .sum(let axes):
      let kept = (0..<x[0].shape.rank).filter { !axes.contains($0) }
      return [try g.broadcast(to: x[0].shape, axes: kept)]
    case .maximum(let axis):
      let kept = (0..<x[0].shape.rank).filter { $0 != axis }
      let largest = try y[0].broadcast(to: x[0].shape, axes: kept)
      let attained = try 1 - (largest - x[0]).step()
      return [try g.broadcast(to: x[0].shape, axes: kept) * attained]
    case .matmul(let left, let right, let precision):
      return try matmulPullback(g, x[0], x[1], left, right, precision)
    case .linear(let precision): return try linearPullback(g, x[0], x[1], precision)
    case .layerNorm: return try append(.layerNormGradient, [g, x[0], y[1], y[2], x[1]])
    case .activation: return [try g * y[1]]
    case .attention(let rule): return try append(.attentionGradient(rule), [g] + x + [y[1]])
    case .squaredError, .crossEntropy:
      return [try g.broadcast(to: x[0].shape) * y[1], nil]
    case .layerNormGradient, .attentionGradient, .clipByNorm, .adamW:
      throw ShapeError(
        operation: record.primitive.name, operands: x.map(\.shape),
        requirement: "is differentiable through its decomposition only")
    }
  }

  private func matmulPullback(
    _ g: Term, _ a: Term, _ b: Term, _ left: Bool, _ right: Bool, _ precision: Precision
  ) throws(ShapeError) -> [Term?] {
    let forA =
      left
      ? try b.matmul(g, transposeLeft: right, transposeRight: true, precision: precision)
      : try g.matmul(b, transposeRight: !right, precision: precision)
    let forB =
      right
      ? try g.matmul(a, transposeLeft: true, transposeRight: left, precision: precision)
      : try a.matmul(g, transposeLeft: !left, precision: precision)
    return [forA, forB]
  }

  private func linearPullback(
    _ g: Term, _ input: Term, _ weight: Term, _ precision: Precision
  ) throws(ShapeError) -> [Term?] {
    let rows = input.shape.extents.dropLast().reduce(1, *)
    let flatInput = try input.reshaped(to: [rows, weight.shape[0]])
    let flatCotangent = try g.reshaped(to: [rows, weight.shape[1]])
    // The weight's cotangent first: the output's is then still close to the core, and what follows
    // needs the input's.
    let forWeight = try flatInput.matmul(
      flatCotangent, transposeLeft: true, precision: precision)
    let forBias = try flatCotangent.sum(axes: [0])
    let forInput = try flatCotangent.matmul(
      weight, transposeRight: true, precision: precision)
    return [try forInput.reshaped(to: input.shape), forWeight, forBias]
  }
}

extension [Int] {
  /// The permutation that undoes this one.
  var inverse: [Int] {
    var inverse = self
    for (position, axis) in enumerated() { inverse[axis] = position }
    return inverse
  }
}
