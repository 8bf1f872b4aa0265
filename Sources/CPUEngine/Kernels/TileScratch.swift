internal import ComputeGraph

// Dimension key
//   Q  queries      K  dimension of one head      S  keys, R  queries, rounded up to 32

/// The memory of ``TileAttention`` for one head.
struct TileScratch {
  private let base: UnsafeMutablePointer<Float>
  private let queries: Int
  private let width: Int
  private let stride: Int
  private let span: Int

  init(_ attention: TileAttention, at base: UnsafeMutablePointer<Float>) {
    self.base = base
    (queries, width) = (attention.queries, attention.width)
    (stride, span) = (attention.stride, attention.span)
  }

  /// Single-precision numbers in all.
  static func count(_ attention: TileAttention) -> Int {
    attention.width * (attention.stride + attention.span / 2 + 16)
      + attention.stride * (16 + attention.queries / 2 + 1) + attention.span * 8
  }

  /// Keys or values, pairs of features: `[K / 2, S]`.
  var across: UnsafeMutablePointer<Float> { base }
  /// Values or keys, pairs of rows: `[S / 2, K]`.
  var keyPairs: UnsafeMutablePointer<Float> { across + width / 2 * stride }
  /// Queries or cotangents of outputs, pairs of rows: `[R / 2, K]`.
  var queryPairs: UnsafeMutablePointer<Float> { keyPairs + stride / 2 * width }
  /// Of a block: `[16, S]`.
  var scores: UnsafeMutablePointer<Float> { queryPairs + span / 2 * width }
  /// Of a block: `[16, K]`.
  var result: UnsafeMutablePointer<Float> { scores + 16 * stride }
  /// Weights or cotangents of a block of keys: `[16, R]`.
  var transposed: UnsafeMutablePointer<BFloat16> { halves(result + 16 * width) }
  /// Of the scores: `[Q, S]`.
  var cotangents: UnsafeMutablePointer<BFloat16> { halves(result + 16 * width + 8 * span) }

  private func halves(_ pointer: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<BFloat16> {
    ArrayPointer(floats: pointer, precision: .bfloat16).halves
  }
}
