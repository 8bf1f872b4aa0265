internal import ComputeGraph
internal import Tensors

/// A graph compiled for the CPU: kernels in order, and where their arrays lie.
struct Plan: Sendable {
  let kernels: [Kernel]
  let products: [MatrixProduct]
  /// The weights that products read in a layout of their own.
  let packings: [Packing]
  /// Elements of each worker's arena.
  let arenaCount: Int
  let constants: AlignedBuffer
  /// The slots of inputs and requested outputs.
  let slots: [Value: Slot]

  /// Elements of scratch memory that the largest product needs.
  var scratchpadCount: Int { products.map(\.scratchpadCount).max() ?? 0 }
}

/// A weight to pack: for which product, and where it lies among the parameters.
struct Packing: Hashable, Sendable {
  let product: Int
  let offset: Int
}

extension Plan: CustomStringConvertible {
  /// One line a kernel.
  var description: String {
    let head = "arena \(arenaCount * 4 / 1024) KiB a worker, \(products.count) products\n"
    return head
      + kernels.enumerated().map { index, kernel in
        "\(index): \(kernel.summary(products))"
      }.joined(separator: "\n")
  }
}

extension Kernel {
  func summary(_ products: [MatrixProduct]) -> String {
    switch self {
    case .product(let index, _, let left, let right, let result, let bias, let other):
      "product \(products[index].shape.left) × \(products[index].shape.right) "
        + "\(left) · \(right) → \(result)\(bias == nil ? "" : " + bias")"
        + "\(other.map { " with \($0)" } ?? "") (\(products[index].implementation))"
    case .unary(let function, let x, let y, let count): "\(function) \(x) → \(y) × \(count)"
    case .binary(let function, let a, let b, let y, let count):
      "\(function) \(a), \(b) → \(y) × \(count)"
    case .activation(let activation, let x, let y, _, let count):
      "\(activation.rawValue) \(x) → \(y) × \(count)"
    case .fill(let number, let y, let count): "fill \(number) → \(y) × \(count)"
    case .round(let x, let y, let count): "round \(x) → \(y) × \(count)"
    case .contribute(let x, let y, let count): "contribute \(x) → \(y) × \(count)"
    case .strided(let loop, let x, let y, _, _, _): "\(loop.action) \(loop.extents) \(x) → \(y)"
    case .layerNorm(let x, _, _, let y, _, _, let rows, let features, _):
      "layerNorm [\(rows), \(features)] \(x) → \(y)"
    case .layerNormGradient(let slots, let rows, let features, _):
      "layerNormGradient [\(rows), \(features)] \(slots.cotangent) → \(slots.forInput)"
    case .attentionWeights(_, let x, let matrices): "attentionWeights \(x) × \(matrices)"
    case .attentionWeightsGradient(_, let x, _, let matrices):
      "attentionWeightsGradient \(x) × \(matrices)"
    case .attention(let kernel, let slots, let output):
      "attention \(kernel.rule.heads) heads × \(kernel.episodes) \(slots.query) → \(output)"
    case .attentionGradient(let kernel, let slots, let cotangent, _, _, _):
      "attentionGradient \(kernel.rule.heads) heads × \(kernel.episodes) \(cotangent), \(slots.weights)"
    case .squaredError(let x, _, let y, _, _, let count): "squaredError \(x) → \(y) × \(count)"
    case .crossEntropy(let x, _, let y, _, _, let rows, let classes):
      "crossEntropy [\(rows), \(classes)] \(x) → \(y)"
    }
  }
}

extension Slot: CustomStringConvertible {
  var description: String {
    "\(space)[\(offset)]\(precision == .float32 ? "" : " \(precision.rawValue)")"
  }
}
