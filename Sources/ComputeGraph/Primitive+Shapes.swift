package import Tensors

extension Primitive {
  /// The shapes of the results for operands of the given shapes.
  ///
  /// - Throws: ``ShapeError`` if the operands do not fit.
  package func resultShapes(_ operands: [Shape]) throws(ShapeError) -> [Shape] {
    try require(operands.count == operandCount, operands, "takes \(operandCount) operands")
    switch self {
    case .input(_, let shape), .parameter(_, let shape), .fill(_, let shape): return [shape]
    case .constant(let elements, let shape):
      try require(elements.count == shape.count, operands, "needs \(shape.count) numbers")
      return [shape]
    case .add, .subtract, .multiply, .divide:
      try require(operands[0] == operands[1], operands, "needs two arrays of one shape")
      return [operands[0]]
    case .affine, .exponential, .logarithm, .tanh, .squareRoot, .step: return [operands[0]]
    case .reshape(let shape):
      try require(operands[0].count == shape.count, operands, "does not hold as many as \(shape)")
      return [shape]
    case .transpose(let permutation): return [try transposed(operands, permutation)]
    case .broadcast(let shape, let axes): return [try broadcasted(operands, shape, axes)]
    case .slice(let axis, let start, let stride, let count):
      try require(axis < operands[0].rank, operands, "has no axis \(axis)")
      let reach = count == 0 ? start : start + (count - 1) * stride + 1
      try require(
        stride > 0 && start >= 0 && count >= 0 && reach <= operands[0][axis], operands,
        "ends before element \(reach) of axis \(axis)")
      return [operands[0].replacing(axis, with: count)]
    case .place(let axis, let start, let stride, let extent):
      try require(axis < operands[0].rank, operands, "has no axis \(axis)")
      let count = operands[0][axis]
      try require(
        count == 0 || start + (count - 1) * stride < extent, operands,
        "does not fit into \(extent) elements along axis \(axis)")
      return [operands[0].replacing(axis, with: extent)]
    case .sum(let axes):
      try require(
        axes.allSatisfy { $0 < operands[0].rank } && Set(axes).count == axes.count, operands,
        "cannot lose axes \(axes)")
      return [operands[0].removing(axes)]
    case .maximum(let axis):
      try require(
        axis < operands[0].rank && operands[0][axis] > 0, operands,
        "has nothing to compare along axis \(axis)")
      return [operands[0].removing([axis])]
    case .matmul(let left, let right, _): return [try product(operands, left, right)]
    case .linear: return [try linearShape(operands)]
    case .layerNorm:
      try requireFeatures(operands, vectors: [1, 2])
      let rows = operands[0].removing([operands[0].rank - 1])
      return [operands[0], rows, rows]
    case .layerNormGradient:
      try requireFeatures(operands, vectors: [4])
      let rows = operands[0].removing([operands[0].rank - 1])
      try require(
        operands[1] == operands[0] && operands[2] == rows && operands[3] == rows, operands,
        "needs the arrays that layerNorm took and gave")
      return [operands[0], operands[4], operands[4]]
    case .activation: return [operands[0], operands[0]]
    case .attention(let rule):
      try requireAttention(operands, rule)
      return [operands[0], rule.weightsShape(episodes: operands[0][0])]
    case .attentionGradient(let rule):
      try requireAttention(Array(operands[1...3]), rule)
      try require(
        operands[0] == operands[1]
          && operands[4] == rule.weightsShape(episodes: operands[0][0]), operands,
        "needs the arrays that attention took and gave")
      return [operands[1], operands[2], operands[3]]
    case .squaredError, .crossEntropy:
      try require(
        operands[0] == operands[1] && operands[0].rank > 0, operands,
        "needs predictions and targets of one shape")
      return [[], operands[0]]
    case .clipByNorm:
      try require(operands[0].rank == 1, operands, "needs one flat vector")
      return [operands[0], []]
    case .adamW:
      try require(
        operands[0].rank == 1 && operands[1...3].allSatisfy { $0 == operands[0] }
          && operands[4] == [3], operands, "needs four flat vectors of one length and three numbers"
      )
      return [operands[0], operands[0], operands[0]]
    }
  }

  /// How many arrays the primitive takes.
  package var operandCount: Int {
    switch self {
    case .input, .parameter, .fill, .constant: 0
    case .affine, .exponential, .logarithm, .tanh, .squareRoot, .step, .reshape, .transpose,
      .broadcast, .slice, .place, .sum, .maximum, .activation, .clipByNorm:
      1
    case .add, .subtract, .multiply, .divide, .matmul, .squaredError, .crossEntropy: 2
    case .linear, .layerNorm, .attention: 3
    case .layerNormGradient, .attentionGradient, .adamW: 5
    }
  }

  private func require(
    _ condition: Bool, _ operands: [Shape], _ requirement: @autoclosure () -> String
  ) throws(ShapeError) {
    guard condition else {
      throw ShapeError(operation: name, operands: operands, requirement: requirement())
    }
  }

  private func transposed(_ operands: [Shape], _ permutation: [Int]) throws(ShapeError) -> Shape {
    try require(
      permutation.sorted() == Array(0..<operands[0].rank), operands,
      "\(permutation) does not order its axes")
    return Shape(permutation.map { operands[0][$0] })
  }

  private func broadcasted(
    _ operands: [Shape], _ shape: Shape, _ axes: [Int]
  ) throws(ShapeError) -> Shape {
    try require(
      axes.count == operands[0].rank && axes == axes.sorted() && Set(axes).count == axes.count
        && zip(axes, operands[0].extents).allSatisfy { $0 < shape.rank && shape[$0] == $1 },
      operands, "does not spread over axes \(axes) of \(shape)")
    return shape
  }

  private func product(
    _ operands: [Shape], _ transposeLeft: Bool, _ transposeRight: Bool
  ) throws(ShapeError) -> Shape {
    let (left, right) = (operands[0], operands[1])
    try require(
      left.rank >= 2 && left.rank == right.rank
        && left.extents.dropLast(2) == right.extents.dropLast(2), operands,
      "needs matrices with the same leading axes")
    let (rows, inner) = transposeLeft ? (left[-1], left[-2]) : (left[-2], left[-1])
    let (depth, columns) = transposeRight ? (right[-1], right[-2]) : (right[-2], right[-1])
    try require(inner == depth, operands, "sums over \(inner) and over \(depth) elements")
    return Shape(Array(left.extents.dropLast(2)) + [rows, columns])
  }

  private func linearShape(_ operands: [Shape]) throws(ShapeError) -> Shape {
    let (input, weight, bias) = (operands[0], operands[1], operands[2])
    try require(
      input.rank >= 1 && weight.rank == 2 && input[-1] == weight[0] && bias == [weight[1]],
      operands, "needs [..., I], [I, O] and [O]")
    return Shape(Array(input.extents.dropLast()) + [weight[1]])
  }

  private func requireFeatures(_ operands: [Shape], vectors: [Int]) throws(ShapeError) {
    try require(
      operands[0].rank >= 1 && vectors.allSatisfy { operands[$0] == [operands[0][-1]] }, operands,
      "needs one scale and one shift for each feature")
  }

  private func requireAttention(_ operands: [Shape], _ rule: AttentionRule) throws(ShapeError) {
    let (query, key, value) = (operands[0], operands[1], operands[2])
    try require(
      query.rank == 3 && key.rank == 3 && key == value && query[0] == key[0]
        && query[2] == key[2], operands, "needs [B, queries, D] and twice [B, keys, D]")
    try require(
      query[1] == rule.visibility.queryCount && key[1] == rule.visibility.keyCount, operands,
      "the mask is for \(rule.visibility.queryCount) queries and \(rule.visibility.keyCount) keys")
    try require(
      rule.heads > 0 && query[2] % rule.heads == 0, operands,
      "\(query[2]) features do not divide into \(rule.heads) heads")
  }
}

extension AttentionRule {
  /// `[B, H, Q, T]`
  fileprivate func weightsShape(episodes: Int) -> Shape {
    [episodes, heads, visibility.queryCount, visibility.keyCount]
  }
}

extension Shape {
  package func replacing(_ axis: Int, with extent: Int) -> Shape {
    var extents = extents
    extents[axis] = extent
    return Shape(extents)
  }

  package func removing(_ axes: [Int]) -> Shape {
    Shape(extents.indices.filter { !axes.contains($0) }.map { extents[$0] })
  }
}
