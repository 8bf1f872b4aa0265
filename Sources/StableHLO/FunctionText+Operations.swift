internal import ComputeGraph
internal import Tensors

extension FunctionText {
  /// An operation on one array, element by element.
  mutating func unary(_ name: String, _ x: Operand) -> Operand {
    append("stablehlo.\(name) \(x.name) : \(x.type.text)", x.type)
  }

  /// An operation on two arrays of one type, element by element.
  mutating func binary(_ name: String, _ x: Operand, _ y: Operand) -> Operand {
    append("stablehlo.\(name) \(x.name), \(y.name) : \(x.type.text)", x.type)
  }

  mutating func compare(_ direction: String, _ x: Operand, _ y: Operand) -> Operand {
    append(
      "stablehlo.compare \(direction), \(x.name), \(y.name) : "
        + "(\(x.type.text), \(y.type.text)) -> \(TensorType(x.shape, .boolean).text)",
      TensorType(x.shape, .boolean))
  }

  /// `x` where the condition holds, else `y`.
  mutating func select(_ condition: Operand, _ x: Operand, _ y: Operand) -> Operand {
    append(
      "stablehlo.select \(condition.name), \(x.name), \(y.name) : "
        + "\(condition.type.text), \(x.type.text)", x.type)
  }

  mutating func convert(_ x: Operand, to element: TensorType.Element) -> Operand {
    guard x.type.element != element else { return x }
    return change("convert", x, TensorType(x.shape, element))
  }

  mutating func reshape(_ x: Operand, to shape: Shape) -> Operand {
    guard x.shape != shape else { return x }
    return change("reshape", x, TensorType(shape, x.type.element))
  }

  /// An operation that gives an array of another type.
  mutating func change(
    _ name: String, _ x: Operand, _ type: TensorType, options: String = ""
  ) -> Operand {
    append(
      "stablehlo.\(name) \(x.name)\(options) : (\(x.type.text)) -> \(type.text)", type)
  }

  /// Operand axis `i` becomes result axis `axes[i]`.
  mutating func broadcast(_ x: Operand, to shape: Shape, axes: [Int] = []) -> Operand {
    guard x.shape != shape else { return x }
    return change(
      "broadcast_in_dim", x, TensorType(shape, x.type.element), options: ", dims = \(axes)")
  }

  mutating func slice(
    _ x: Operand, axis: Int, start: Int, stride: Int = 1, count: Int
  ) -> Operand {
    let ranges = x.shape.extents.enumerated().map { index, extent in
      guard index == axis else { return "0:\(extent)" }
      let end = count == 0 ? start : start + (count - 1) * stride + 1
      return stride == 1 ? "\(start):\(end)" : "\(start):\(end):\(stride)"
    }
    let type = TensorType(x.shape.replacing(axis, with: count), x.type.element)
    return append(
      "stablehlo.slice \(x.name) [\(ranges.joined(separator: ", "))] : "
        + "(\(x.type.text)) -> \(type.text)", type)
  }

  mutating func concatenate(_ parts: [Operand]) -> Operand {
    let length = parts.reduce(0) { $0 + $1.shape[0] }
    let type = TensorType(parts[0].shape.replacing(0, with: length), parts[0].type.element)
    return append(
      "stablehlo.concatenate \(parts.map(\.name).joined(separator: ", ")), dim = 0 : "
        + "(\(parts.map(\.type.text).joined(separator: ", "))) -> \(type.text)", type)
  }

  /// - Parameter operation: of pairs, such as `add`.
  mutating func reduce(
    _ operation: String, _ x: Operand, axes: [Int], from start: Operand
  ) -> Operand {
    let type = TensorType(x.shape.removing(axes), x.type.element)
    return append(
      "stablehlo.reduce(\(x.name) init: \(start.name)) applies stablehlo.\(operation) "
        + "across dimensions = \(axes) : (\(x.type.text), \(start.type.text)) -> \(type.text)",
      type)
  }

  /// The adjoint of a slice: zeros around and between the elements.
  mutating func place(
    _ x: Operand, axis: Int, start: Int, stride: Int, extent: Int
  ) -> Operand {
    let count = x.shape[axis]
    let reach = count == 0 ? start : start + (count - 1) * stride + 1
    func list(_ number: Int) -> String {
      "[\(x.shape.extents.indices.map { $0 == axis ? "\(number)" : "0" }.joined(separator: ", "))]"
    }
    let type = TensorType(x.shape.replacing(axis, with: extent), x.type.element)
    let zero = splat(0, [])
    return append(
      "stablehlo.pad \(x.name), \(zero.name), low = \(list(start)), "
        + "high = \(list(extent - reach)), interior = \(list(stride - 1)) : "
        + "(\(x.type.text), \(zero.type.text)) -> \(type.text)", type)
  }

  /// `[..., M, K] · [..., K, N]`, sums in single precision.
  mutating func product(
    _ left: Operand, _ right: Operand, transposeLeft: Bool, transposeRight: Bool,
    precision: Precision
  ) -> Operand {
    let rank = left.shape.rank
    let batch = Array(left.shape.extents.dropLast(2))
    let (rows, inner) = transposeLeft ? (rank - 1, rank - 2) : (rank - 2, rank - 1)
    let (depth, columns) = transposeRight ? (rank - 1, rank - 2) : (rank - 2, rank - 1)
    let type = TensorType(Shape(batch + [left.shape[rows], right.shape[columns]]))
    let element: TensorType.Element = precision == .bfloat16 ? .bfloat16 : .float32
    let (x, y) = (convert(left, to: element), convert(right, to: element))
    let axes = Array(0..<rank - 2)
    let batching = axes.isEmpty ? "" : "batching_dims = \(axes) x \(axes), "
    // Accelerators round the operands of single-precision products unless they are told not to.
    let algorithm = precision == .float32 ? ", precision = [HIGHEST, HIGHEST]" : ""
    return append(
      "stablehlo.dot_general \(x.name), \(y.name), \(batching)"
        + "contracting_dims = [\(inner)] x [\(depth)]\(algorithm) : "
        + "(\(x.type.text), \(y.type.text)) -> \(type.text)", type)
  }
}
