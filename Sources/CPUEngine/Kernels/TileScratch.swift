#if arch(x86_64) && os(Linux)
  internal import ComputeGraph

  // Dimension key
  //   K  dimension of one head      S  keys, R  queries, rounded up to 32

  /// The memory of ``TileAttention`` for one head; every part is whole cache lines.
  struct TileScratch {
    private let base: UnsafeMutablePointer<Float>
    private let width: Int
    private let keySpan: Int
    private let querySpan: Int

    init(_ attention: TileAttention, at base: UnsafeMutablePointer<Float>) {
      self.base = base
      width = attention.width
      keySpan = attention.keySpan
      querySpan = attention.querySpan
    }

    /// Single-precision numbers in all.
    static func count(_ attention: TileAttention) -> Int {
      let (width, keySpan, querySpan) = (
        attention.width, attention.keySpan, attention.querySpan
      )
      return width * (querySpan + keySpan / 2 + 16) + keySpan * (querySpan + 24)
    }

    /// Queries or cotangents of outputs, pairs of features: `[K / 2, R]`.
    var queryColumns: UnsafeMutablePointer<Float> { base }
    /// The same, pairs of rows: `[R / 2, K]`.
    var queryPairs: UnsafeMutablePointer<Float> { queryColumns + width / 2 * querySpan }
    /// Values or keys: `[K, S]`.
    var keyTransposed: UnsafeMutablePointer<BFloat16> {
      halves(queryPairs + querySpan / 2 * width)
    }
    /// Of a block: `[16, K]` or `[K, 16]`.
    var result: UnsafeMutablePointer<Float> { queryPairs + (querySpan + keySpan) / 2 * width }
    /// Of a block: `[S, 16]`.
    var scores: UnsafeMutablePointer<Float> { result + 16 * width }
    /// Cotangents of the scores of a block, pairs of keys: `[S / 2, 16]`.
    var pairs: UnsafeMutablePointer<Float> { scores + 16 * keySpan }
    /// Weights: `[S, R]`.
    var weightRows: UnsafeMutablePointer<BFloat16> { halves(pairs + 8 * keySpan) }
    /// Cotangents of scores: `[S, R]`.
    var cotangentRows: UnsafeMutablePointer<BFloat16> { weightRows + keySpan * querySpan }

    private func halves(_ pointer: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<BFloat16> {
      ArrayPointer(floats: pointer, precision: .bfloat16).halves
    }
  }
#endif
