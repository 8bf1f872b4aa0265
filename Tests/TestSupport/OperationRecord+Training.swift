internal import ComputeGraph
internal import Tensors

extension OperationRecord {
  static let losses: [OperationRecord] =
    [[2, 3, 1], [7], [1], [5, 33]].map { (shape: Shape) in
      OperationRecord(
        "squaredError \(shape)", [.input("prediction", shape), .data("target", shape)],
        primitive: .squaredError(scale: 0.3))
    }
    + [[2, 3, 5], [7, 2], [4, 1], [1, 33], [3]].map { (shape: Shape) in
      OperationRecord(
        "crossEntropy \(shape)",
        [.input("logits", shape), .data("target", shape, .distribution)],
        primitive: .crossEntropy(scale: 0.3))
    }

  package static let updates: [OperationRecord] =
    [0.5, 1e6, nil].map { (limit: Float?) in
      OperationRecord(
        "clipByNorm to \(limit.map(String.init(describing:)) ?? "any norm")",
        [.input("gradient", [33])], isDifferentiable: false,
        primitive: .clipByNorm(maximumNorm: limit))
    } + [
      OperationRecord(
        "adamW",
        [
          .parameter("parameter", [17]), .input("gradient", [17]), .input("first", [17]),
          .input("second", [17], .positive), .input("schedule", [3], .positive),
        ], isDifferentiable: false,
        primitive: .adamW(
          AdamWRule(firstDecay: 0.9, secondDecay: 0.99, epsilon: 1e-3, weightDecay: 0.1)))
    ]

  /// Uses of several operations that engines may run as one, or must not.
  static let compositions: [OperationRecord] = [
    OperationRecord("sum of a product and an array", mixed) { x in
      try x[0].matmul(x[1]) + x[2]
    },
    OperationRecord("sum of an array and a layer", mixed + [.parameter("bias", [5])]) { x in
      try x[2] + x[0].linear(weight: x[1], bias: x[3])
    },
    OperationRecord("sum of two products", mixed) { x in
      try x[0].matmul(x[1]) + (2 * x[0]).matmul(x[1])
    },
    OperationRecord("sum of a product and itself", mixed) { x in
      let product = try x[0].matmul(x[1])
      return try product + product
    },
    OperationRecord("sum that two others read", mixed) { builder, x in
      let product = try x[0].matmul(x[1])
      return [try product + x[2], try product - x[2]]
    },
    OperationRecord("sum of a later array and a product", mixed) { x in
      let product = try x[0].matmul(x[1])
      return try product + x[2].tanh()
    },
    OperationRecord("sum of a reshaped product", mixed) { x in
      try x[0].matmul(x[1]).reshaped(to: [5, 3]) + x[2].reshaped(to: [5, 3])
    },
    OperationRecord("parameter used twice", [.input("x", [3, 7]), .parameter("w", [7, 7])]) { x in
      try x[0].matmul(x[1]).tanh().matmul(x[1])
    },
    OperationRecord(
      "scale shared by two normalisations",
      [.input("x", [3, 7]), .parameter("scale", [7], .positive), .parameter("shift", [7])]
    ) { x in
      try x[0].layerNorm(scale: x[1], shift: x[2], epsilon: 1e-5)
        .layerNorm(scale: x[1], shift: x[2], epsilon: 1e-5)
    },
    OperationRecord(
      "two parameters with one gradient", [.parameter("a", [5]), .parameter("b", [5])]
    ) { x in
      try x[0] + x[1]
    },
    OperationRecord("residual branch around a normalisation", residual) { x in
      let normal = try x[0].layerNorm(scale: x[1], shift: x[2], epsilon: 1e-5)
      return try normal.linear(weight: x[3], bias: x[2]).activation(.gelu) + x[0]
    },
  ]

  private static let mixed: [OperandDescription] = [
    .input("a", [3, 7]), .parameter("b", [7, 5]), .input("c", [3, 5]),
  ]

  private static let residual: [OperandDescription] = [
    .input("x", [2, 5, 7]), .parameter("scale", [7], .positive), .parameter("shift", [7]),
    .parameter("weight", [7, 7]),
  ]
}
