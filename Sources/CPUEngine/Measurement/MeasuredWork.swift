package import ComputeGraph

/// Calls of one kind and size, as measurements group them.
package struct MeasuredWork: Hashable, Sendable {
  /// What is computed.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case forward, inputGradient, weightGradient, attentionProduct
    case layerNorm, layerNormGradient
    case activation, activationWithDerivative
    case attention, attentionGradient, attentionWeights, attentionWeightsGradient
    case columnSums, sums, movement, elementwise, rounding, loss, gradientSum
    case sampling, packing, laneReduction, update

    /// Whether this is a matrix product; all else is a loop.
    package var isProduct: Bool {
      switch self {
      case .forward, .inputGradient, .weightGradient, .attentionProduct: true
      default: false
      }
    }
  }

  package let kind: Kind
  /// A product's matrices, rows, inner extent and columns; a loop's extents.
  ///
  /// Attention counts the pairs of a query and a key that it sees, in each head: `[B, H, pairs]`.
  package let extents: [Int]
  /// Of a product's operands; single for loops, whatever they read and write.
  package let precision: Precision

  package init(_ kind: Kind, _ extents: [Int], precision: Precision = .float32) {
    self.kind = kind
    self.extents = extents
    self.precision = precision
  }

  /// Floating-point operations of a product, elements of a loop.
  package var amount: Int { extents.reduce(kind.isProduct ? 2 : 1, *) }
}

/// How long some work took within a training step.
package struct WorkMeasurement: Sendable {
  package let work: MeasuredWork
  /// Calls of a step, of all workers.
  package let calls: Int
  /// Of one call, the median over steps of the mean within a step.
  package let nanoseconds: Double

  /// GFLOP/s of a product, elements a nanosecond of a loop; on one core, while all work.
  package var rate: Double { Double(work.amount) / nanoseconds }
}
