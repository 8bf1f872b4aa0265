internal import ComputeGraph
internal import Tensors

// Dimension key
//   M  rows      K  inner extent      N  columns      I, O  width of input and output      D
//   features

extension OperationRecord {
  static let contractions: [OperationRecord] =
    [
      matmul([], 3, 7, 5), matmul([], 1, 1, 1), matmul([], 33, 17, 13), matmul([], 1, 64, 1),
      matmul([], 17, 1, 7), matmul([3], 7, 5, 2), matmul([1], 4, 3, 2), matmul([2, 3], 4, 7, 5),
    ].flatMap { $0 } + [
      linear([7, 3], 5), linear([1, 1], 1), linear([2, 13, 17], 33), linear([1, 1, 7], 1),
      linear([5], 3),
    ]

  static let layers: [OperationRecord] =
    [[3, 16], [2, 5, 7], [1, 33], [4, 2], [4, 1], [17]].map(layerNorm)
    + [[3, 16], [2, 5, 7], [1, 33]].map(layerNormGradient)

  /// A product in all four transpositions.
  private static func matmul(_ batch: [Int], _ m: Int, _ k: Int, _ n: Int) -> [OperationRecord] {
    [(false, false), (false, true), (true, false), (true, true)].map { left, right in
      OperationRecord(
        "matmul \(batch) \(m)×\(k)×\(n)\(left ? ", left transposed" : "")"
          + (right ? ", right transposed" : ""),
        [
          .input("a", Shape(batch + (left ? [k, m] : [m, k]))),
          .parameter("b", Shape(batch + (right ? [n, k] : [k, n]))),
        ], primitive: .matmul(transposeLeft: left, transposeRight: right))
    }
  }

  private static func linear(_ input: Shape, _ outputs: Int) -> OperationRecord {
    OperationRecord(
      "linear \(input) to \(outputs)",
      [
        .input("x", input), .parameter("weight", [input[-1], outputs]),
        .parameter("bias", [outputs]),
      ], primitive: .linear())
  }

  private static func layerNorm(_ shape: Shape) -> OperationRecord {
    OperationRecord(
      "layerNorm \(shape)",
      [
        .input("x", shape), .parameter("scale", [shape[-1]], .positive),
        .parameter("shift", [shape[-1]]),
      ], primitive: .layerNorm(epsilon: 1e-5))
  }

  private static func layerNormGradient(_ shape: Shape) -> OperationRecord {
    let rows = shape.removing([shape.rank - 1])
    return OperationRecord(
      "layerNormGradient \(shape)",
      [
        .input("cotangent", shape), .input("x", shape), .input("mean", rows),
        .input("inverse", rows, .positive), .parameter("scale", [shape[-1]], .positive),
      ], isDifferentiable: false, primitive: .layerNormGradient)
  }
}
