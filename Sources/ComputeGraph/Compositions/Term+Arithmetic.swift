package import Tensors

extension Term {
  package static func + (left: Term, right: Term) throws(ShapeError) -> Term {
    try left.apply(.add, right)
  }

  package static func - (left: Term, right: Term) throws(ShapeError) -> Term {
    try left.apply(.subtract, right)
  }

  /// The product of two arrays of one shape; multiplying by ones adds no node.
  package static func * (left: Term, right: Term) throws(ShapeError) -> Term {
    if right.isFilled(with: 1), left.shape == right.shape { return left }
    if left.isFilled(with: 1), left.shape == right.shape { return right }
    return try left.apply(.multiply, right)
  }

  package static func / (left: Term, right: Term) throws(ShapeError) -> Term {
    try left.apply(.divide, right)
  }

  package static func * (number: Float, term: Term) throws(ShapeError) -> Term {
    try term.apply(.affine(scale: number, offset: 0))
  }

  package static func + (term: Term, number: Float) throws(ShapeError) -> Term {
    try term.apply(.affine(scale: 1, offset: number))
  }

  package static func - (number: Float, term: Term) throws(ShapeError) -> Term {
    try term.apply(.affine(scale: -1, offset: number))
  }

  package func exponential() throws(ShapeError) -> Term { try apply(.exponential) }
  package func logarithm() throws(ShapeError) -> Term { try apply(.logarithm) }
  package func tanh() throws(ShapeError) -> Term { try apply(.tanh) }
  package func squareRoot() throws(ShapeError) -> Term { try apply(.squareRoot) }
  package func step() throws(ShapeError) -> Term { try apply(.step) }

  package func reshaped(to shape: Shape) throws(ShapeError) -> Term {
    shape == self.shape ? self : try apply(.reshape(shape))
  }

  package func transposed(_ permutation: [Int]) throws(ShapeError) -> Term {
    try apply(.transpose(permutation: permutation))
  }

  package func sum(axes: [Int]) throws(ShapeError) -> Term {
    axes.isEmpty ? self : try apply(.sum(axes: axes))
  }

  package func sum() throws(ShapeError) -> Term { try sum(axes: Array(0..<shape.rank)) }

  package func maximum(axis: Int) throws(ShapeError) -> Term { try apply(.maximum(axis: axis)) }

  /// Repeats the array over the axes of `shape` that `axes` does not name.
  package func broadcast(to shape: Shape, axes: [Int]) throws(ShapeError) -> Term {
    if axes.count == shape.rank, shape == self.shape { return self }
    if case .fill(let number, _) = builder.graph.nodes[value.node].primitive {
      return try builder.fill(number, shape)
    }
    return try apply(.broadcast(shape, axes: axes))
  }

  /// Repeats a scalar.
  package func broadcast(to shape: Shape) throws(ShapeError) -> Term {
    try broadcast(to: shape, axes: [])
  }

  package func slice(
    axis: Int, start: Int, stride: Int = 1, count: Int
  ) throws(ShapeError) -> Term {
    if start == 0, stride == 1, count == shape[axis] { return self }
    return try apply(.slice(axis: axis, start: start, stride: stride, count: count))
  }

  /// An array of zeros of `extent` along `axis` that holds this one from `start`.
  package func placed(axis: Int, start: Int, extent: Int) throws(ShapeError) -> Term {
    if start == 0, extent == shape[axis] { return self }
    return try apply(.place(axis: axis, start: start, stride: 1, extent: extent))
  }

  package func matmul(
    _ other: Term, transposeLeft: Bool = false, transposeRight: Bool = false,
    precision: Precision = .float32
  ) throws(ShapeError) -> Term {
    try apply(
      .matmul(
        transposeLeft: transposeLeft, transposeRight: transposeRight, precision: precision), other)
  }
}
