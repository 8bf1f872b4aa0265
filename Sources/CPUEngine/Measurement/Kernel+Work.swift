internal import ComputeGraph

extension Kernel {
  /// What a call of the kernel computes.
  func work(_ products: [MatrixProduct]) -> MeasuredWork {
    switch self {
    case .product(let index, let accumulating, _, let right, _, let bias, _):
      products[index].shape.work(
        isForward: bias != nil, isWeightGradient: accumulating != nil,
        readsWeights: right.space == .packed || right.space == .parameters)
    case .unary(_, _, _, let count), .binary(_, _, _, _, let count), .fill(_, _, let count):
      MeasuredWork(.elementwise, [count])
    case .activation(_, _, _, let slope, let count):
      MeasuredWork(slope == nil ? .activation : .activationWithDerivative, [count])
    case .round(_, _, let count): MeasuredWork(.rounding, [count])
    case .contribute(_, _, let count): MeasuredWork(.gradientSum, [count])
    case .strided(let loop, _, _, _, _, let contributes):
      switch loop.action {
      case .copy: MeasuredWork(.movement, loop.extents)
      case .add, .maximum: MeasuredWork(contributes ? .columnSums : .sums, loop.extents)
      }
    case .layerNorm(_, _, _, _, _, _, let rows, let features, _):
      MeasuredWork(.layerNorm, [rows, features])
    case .layerNormGradient(_, let rows, let features, _):
      MeasuredWork(.layerNormGradient, [rows, features])
    case .attentionWeights(let weights, _, let matrices):
      MeasuredWork(.attentionWeights, [matrices, weights.rule.visibility.pairCount])
    case .attentionWeightsGradient(let weights, _, _, let matrices):
      MeasuredWork(.attentionWeightsGradient, [matrices, weights.rule.visibility.pairCount])
    case .attention(let kernel, _, _):
      MeasuredWork(
        .attention, [kernel.episodes, kernel.rule.heads, kernel.rule.visibility.pairCount])
    case .attentionGradient(let kernel, _, _, _, _, _):
      MeasuredWork(
        .attentionGradient, [kernel.episodes, kernel.rule.heads, kernel.rule.visibility.pairCount])
    case .squaredError(_, _, _, _, _, let count): MeasuredWork(.loss, [count])
    case .crossEntropy(_, _, _, _, _, let rows, let classes): MeasuredWork(.loss, [rows, classes])
    }
  }
}

extension MatrixProductShape {
  fileprivate func work(
    isForward: Bool, isWeightGradient: Bool, readsWeights: Bool
  ) -> MeasuredWork {
    let axes = left.count
    let extents = [
      result.dropLast(2).reduce(1, *), left[axes - 2], left[axes - 1], right[axes - 1],
    ]
    let kind: MeasuredWork.Kind =
      if isForward {
        .forward
      } else if isWeightGradient {
        .weightGradient
      } else {
        readsWeights ? .inputGradient : .attentionProduct
      }
    return MeasuredWork(kind, extents, precision: precision)
  }
}

extension Visibility {
  /// How many pairs of a query and a key that it sees there are.
  fileprivate var pairCount: Int { prefixes.reduce(0, +) }
}
