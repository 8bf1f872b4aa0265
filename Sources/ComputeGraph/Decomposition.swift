import Tensors

// Dimension key
//   B  episodes      Q  queries      T  keys      H  heads      K  dimension of one head

extension Graph {
  /// The same computation in plain primitives only, with the values that stand for `outputs`.
  ///
  /// - Throws: ``ShapeError`` never for a graph that was built.
  package func decomposed(
    keeping outputs: [Value]
  ) throws(ShapeError) -> (graph: Graph, outputs: [Value]) {
    let builder = GraphBuilder()
    var replacement: [Value: Term] = [:]
    for node in ancestors(of: outputs) {
      let record = nodes[node]
      var operands: [Term] = []
      for operand in record.operands {
        if let term = replacement[operand] { operands.append(term) }
      }
      let results = try builder.decompose(record.primitive, operands)
      for (result, term) in results.enumerated() {
        replacement[Value(node: node, result: result)] = term
      }
    }
    return (builder.graph, outputs.compactMap { replacement[$0]?.value })
  }
}

extension GraphBuilder {
  /// The meaning of a fused primitive in plain ones; plain primitives stand for themselves.
  func decompose(_ primitive: Primitive, _ x: [Term]) throws(ShapeError) -> [Term] {
    switch primitive {
    case .input, .parameter, .fill, .constant, .add, .subtract, .multiply, .divide, .affine,
      .exponential, .logarithm, .tanh, .squareRoot, .step, .reshape, .transpose, .broadcast,
      .slice, .place, .sum, .maximum, .matmul:
      return try append(primitive, x)
    case .linear(let precision): return [try linearMeaning(x[0], x[1], x[2], precision)]
    case .layerNorm(let epsilon): return try layerNormMeaning(x[0], x[1], x[2], epsilon)
    case .layerNormGradient: return try layerNormGradientMeaning(x[0], x[1], x[2], x[3], x[4])
    case .activation(.gelu): return try geluMeaning(x[0])
    case .activation(.relu):
      let slope = try x[0].step()
      return [try x[0] * slope, slope]
    case .attention(let rule): return try attentionMeaning(x[0], x[1], x[2], rule)
    case .attentionGradient(let rule):
      return try attentionGradientMeaning(x[0], x[1], x[2], x[3], x[4], rule)
    case .squaredError(let scale):
      let difference = try x[0] - x[1]
      return [try scale * (difference * difference).sum(), try (2 * scale) * difference]
    case .crossEntropy(let scale): return try crossEntropyMeaning(x[0], x[1], scale)
    case .clipByNorm(let maximumNorm): return try clipMeaning(x[0], maximumNorm)
    case .adamW(let rule): return try adamWMeaning(x, rule)
    }
  }

  private func linearMeaning(
    _ input: Term, _ weight: Term, _ bias: Term, _ precision: Precision
  ) throws(ShapeError) -> Term {
    let shape = Shape(Array(input.shape.extents.dropLast()) + [weight.shape[1]])
    let rows = shape.extents.dropLast().reduce(1, *)
    let product = try input.reshaped(to: [rows, weight.shape[0]]).matmul(
      weight, precision: precision)
    return try (product + bias.broadcast(to: product.shape, axes: [1])).reshaped(to: shape)
  }

  private func layerNormMeaning(
    _ input: Term, _ scale: Term, _ shift: Term, _ epsilon: Float
  ) throws(ShapeError) -> [Term] {
    let shape = input.shape
    let (feature, rows) = (shape.rank - 1, Array(0..<shape.rank - 1))
    let share = 1 / Float(shape[-1])
    let mean = try share * input.sum(axes: [feature])
    let centred = try input - mean.broadcast(to: shape, axes: rows)
    let variance = try share * (centred * centred).sum(axes: [feature])
    let inverse = try fill(1, variance.shape) / (variance + epsilon).squareRoot()
    let normal = try centred * inverse.broadcast(to: shape, axes: rows)
    let value =
      try normal * scale.broadcast(to: shape, axes: [feature])
      + shift.broadcast(to: shape, axes: [feature])
    return [value, mean, inverse]
  }

  private func layerNormGradientMeaning(
    _ g: Term, _ input: Term, _ mean: Term, _ inverse: Term, _ scale: Term
  ) throws(ShapeError) -> [Term] {
    let shape = input.shape
    let (feature, rows) = (shape.rank - 1, Array(0..<shape.rank - 1))
    let share = 1 / Float(shape[-1])
    let spread = try inverse.broadcast(to: shape, axes: rows)
    let normal = try (input - mean.broadcast(to: shape, axes: rows)) * spread
    let h = try g * scale.broadcast(to: shape, axes: [feature])
    let average = try (share * h.sum(axes: [feature])).broadcast(to: shape, axes: rows)
    let projection = try (share * (h * normal).sum(axes: [feature]))
      .broadcast(to: shape, axes: rows)
    let forInput = try (h - average - normal * projection) * spread
    return [forInput, try (g * normal).sum(axes: rows), try g.sum(axes: rows)]
  }

  private func geluMeaning(_ x: Term) throws(ShapeError) -> [Term] {
    let (slope, cubic) = (Float(0.7978845608028654), Float(0.044715))
    let inner = try slope * (x + cubic * (x * x * x))
    let t = try inner.tanh()
    let gate = try 0.5 * t + 0.5
    let steepness = try 0.5 * (x * (1 - t * t)) * ((3 * slope * cubic) * (x * x) + slope)
    return [try x * gate, try gate + steepness]
  }

  private func crossEntropyMeaning(
    _ logits: Term, _ target: Term, _ scale: Float
  ) throws(ShapeError) -> [Term] {
    let shape = logits.shape
    let (feature, rows) = (shape.rank - 1, Array(0..<shape.rank - 1))
    let largest = try logits.maximum(axis: feature).broadcast(to: shape, axes: rows)
    let exponentials = try (logits - largest).exponential()
    let total = try exponentials.sum(axes: [feature])
    let logarithms = try logits - largest - total.logarithm().broadcast(to: shape, axes: rows)
    let probabilities = try exponentials / total.broadcast(to: shape, axes: rows)
    let mass = try target.sum(axes: [feature]).broadcast(to: shape, axes: rows)
    return [
      try -scale * (target * logarithms).sum(), try scale * (probabilities * mass - target),
    ]
  }

  private func clipMeaning(_ gradient: Term, _ maximumNorm: Float?) throws(ShapeError) -> [Term] {
    let norm = try (gradient * gradient).sum().squareRoot()
    guard let maximumNorm else { return [gradient, norm] }
    // Where the norm is larger, maximumNorm / (norm + 1e-6), else 1: the factor of PyTorch's
    // clip_grad_norm_.
    let ratio = try fill(maximumNorm, []) / (norm + 1e-6)
    let exceeds = try (1 - ratio).step()
    let factor = try exceeds * ratio + (1 - exceeds)
    return [try gradient * factor.broadcast(to: gradient.shape), norm]
  }

  private func adamWMeaning(_ x: [Term], _ rule: AdamWRule) throws(ShapeError) -> [Term] {
    let (parameter, gradient, first, second) = (x[0], x[1], x[2], x[3])
    let number = { (index: Int) throws(ShapeError) -> Term in
      try x[4].slice(axis: 0, start: index, count: 1).reshaped(to: [])
        .broadcast(to: parameter.shape)
    }
    let (rate, firstCorrection, secondCorrection) = (try number(0), try number(1), try number(2))
    let newFirst = try rule.firstDecay * first + (1 - rule.firstDecay) * gradient
    let newSecond = try rule.secondDecay * second + (1 - rule.secondDecay) * (gradient * gradient)
    let root = try (newSecond * secondCorrection).squareRoot() + rule.epsilon
    let direction = try newFirst * firstCorrection / root + rule.weightDecay * parameter
    return [try parameter - rate * direction, newFirst, newSecond]
  }
}
