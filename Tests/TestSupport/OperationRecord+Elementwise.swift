internal import ComputeGraph
internal import Tensors

extension OperationRecord {
  /// Extents around those of vector registers, one, and a scalar.
  private static let shapes: [Shape] = [[], [1], [7], [3, 33], [2, 1, 17]]

  static let elementwise: [OperationRecord] =
    sources + binary("add", .add) + binary("subtract", .subtract)
    + binary("multiply", .multiply) + binary("divide", .divide, right: .positive)
    + unary("affine", .affine(scale: -1.7, offset: 0.3)) + unary("exponential", .exponential)
    + unary("logarithm", .logarithm, .positive) + unary("tanh", .tanh)
    + unary("squareRoot", .squareRoot, .positive) + unary("step", .step, .awayFromZero)
    + unary("gelu", .activation(.gelu)) + unary("relu", .activation(.relu), .awayFromZero)

  private static let sources: [OperationRecord] = [
    OperationRecord("constant and fill", [.parameter("x", [2, 3])]) { builder, x in
      let numbers = try builder.constant([1, -2, 3, -4, 5, -6], [2, 3])
      return [try x[0] * numbers + builder.fill(0.25, [2, 3])]
    },
    OperationRecord("results that are sources", [.input("x", [3]), .parameter("w", [2])]) {
      builder, x in [x[0], x[1], try builder.fill(2, [2, 2])]
    },
    OperationRecord(
      "constant gradient of what is not used", [.input("x", [3]), .parameter("w", [2])]
    ) {
      _, x in [try 2 * x[0]]
    },
  ]

  private static func unary(
    _ name: String, _ primitive: Primitive, _ values: OperandDescription.Values = .any
  ) -> [OperationRecord] {
    shapes.map { OperationRecord("\(name) \($0)", [.input("x", $0, values)], primitive: primitive) }
  }

  private static func binary(
    _ name: String, _ primitive: Primitive, right: OperandDescription.Values = .any
  ) -> [OperationRecord] {
    shapes.map { shape in
      OperationRecord(
        "\(name) \(shape)", [.input("a", shape), .parameter("b", shape, right)],
        primitive: primitive)
    }
  }
}
