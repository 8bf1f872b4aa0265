internal import CTiles
internal import ComputeGraph

// Dimension key
//   B  episodes      Q  queries      T  keys      H  heads      K  dimension of one head
//   D  features, H·K      S  T rounded up to 32      R  Q rounded up to 32

/// Attention in bfloat16 on the tile registers of the processor, one episode and head at a time.
///
/// Computes the visible part of the scores in tiles of sixteen queries and sixteen keys, with sums,
/// exponentials and their gradients in single precision. Heads are a multiple of 32 wide.
struct TileAttention: AttentionKernel {
  let rule: AttentionRule
  let episodes: Int
  /// `D`
  let features: Int
  let queries: Int
  let keys: Int
  /// `K`
  let width: Int
  /// `S`
  let stride: Int
  /// `R`
  let span: Int
  private let queryBlocks: [Block]
  private let keyBlocks: [Block]

  /// Up to sixteen rows of queries or keys.
  private struct Block {
    /// The last block overlaps its neighbour if it has to, and computes the same again.
    let start: Int
    /// Of queries, the number of keys that any of them sees; of keys, the first query that sees any
    /// of them, a multiple of 32.
    let bound: Int
  }

  static let isAvailable = tiles_request()

  /// - Returns: `nil` if heads do not suit the kernel, or the processor has no tiles.
  init?(rule: AttentionRule, episodes: Int, features: Int) {
    guard rule.precision == .bfloat16, (features / rule.heads) % 32 == 0, Self.isAvailable,
      rule.visibility.queryCount > 0, rule.visibility.keyCount > 0
    else { return nil }
    self.rule = rule
    self.episodes = episodes
    self.features = features
    let (queries, keys) = (rule.visibility.queryCount, rule.visibility.keyCount)
    (self.queries, self.keys) = (queries, keys)
    width = features / rule.heads
    stride = Self.roundedUp(keys)
    span = Self.roundedUp(queries)
    let prefixes = rule.visibility.prefixes
    queryBlocks = Self.starts(queries).map { start in
      Block(start: start, bound: prefixes[start..<min(start + 16, queries)].reduce(0, max))
    }
    keyBlocks = Self.starts(keys).map { start in
      let first = prefixes.firstIndex { $0 > start } ?? queries
      return Block(start: start, bound: first / 32 * 32)
    }
  }

  private static func roundedUp(_ count: Int) -> Int { (count + 31) & ~31 }

  private static func starts(_ count: Int) -> [Int] {
    Swift.stride(from: 0, to: count, by: 16).map { max(0, min($0, count - 16)) }
  }

  /// The weights of one head: `[Q, S]`, half as many single-precision numbers.
  private var headCount: Int { queries * stride / 2 }

  var weightCount: Int { episodes * rule.heads * headCount }

  var scratchCount: Int { TileScratch.count(self) }

  /// Bytes from one row of an array to the next.
  private var rowBytes: Int { features * 2 }

  func forward(_ x: AttentionArrays, into output: ArrayPointer) {
    let scratch = TileScratch(self, at: x.scratch)
    tiles_configure(Int32(min(16, queries)), Int32(min(16, keys)))
    defer { tiles_release() }
    rule.visibility.prefixes.withUnsafeBufferPointer { prefixes in
      for head in 0..<episodes * rule.heads {
        let (atQuery, atKey) = offsets(head)
        let weights = halves(x.weights + head * headCount)
        pairColumns(x.key.halves + atKey, into: scratch.across)
        pairRows(x.value.halves + atKey, keys, into: scratch.keyPairs)
        for block in queryBlocks {
          multiplyScores(x.query.halves + atQuery, block, scratch)
          for row in 0..<min(16, queries) {
            let query = block.start + row
            TileRows.weigh(
              scratch.scores + row * stride, rule, prefixes[query],
              into: weights + query * stride, count: stride)
          }
          multiplyRows(weights, block, scratch)
          store(scratch.result, min(16, queries), output, atQuery + block.start * features)
        }
      }
    }
  }

  func backward(
    _ cotangent: ArrayPointer, _ x: AttentionArrays,
    into results: (query: ArrayPointer, key: ArrayPointer, value: ArrayPointer)
  ) {
    let scratch = TileScratch(self, at: x.scratch)
    tiles_configure(Int32(min(16, queries)), Int32(min(16, keys)))
    defer { tiles_release() }
    rule.visibility.prefixes.withUnsafeBufferPointer { prefixes in
      for head in 0..<episodes * rule.heads {
        let (atQuery, atKey) = offsets(head)
        let weights = halves(x.weights + head * headCount)
        pairColumns(x.value.halves + atKey, into: scratch.across)
        pairRows(x.key.halves + atKey, keys, into: scratch.keyPairs)
        for block in queryBlocks {
          multiplyScores(cotangent.halves + atQuery, block, scratch)
          for row in 0..<min(16, queries) {
            let query = block.start + row
            TileRows.unweigh(
              scratch.scores + row * stride, weights + query * stride, rule, prefixes[query],
              into: scratch.cotangents + query * stride, count: stride)
          }
          multiplyRows(scratch.cotangents, block, scratch)
          store(scratch.result, min(16, queries), results.query, atQuery + block.start * features)
        }
        pairRows(x.query.halves + atQuery, queries, into: scratch.queryPairs)
        gather(scratch.cotangents, scratch, into: results.key, atKey)
        pairRows(cotangent.halves + atQuery, queries, into: scratch.queryPairs)
        gather(weights, scratch, into: results.value, atKey)
      }
    }
  }

  /// Where the rows of a head begin; heads are counted through all episodes.
  private func offsets(_ head: Int) -> (query: Int, key: Int) {
    let (episode, head) = head.quotientAndRemainder(dividingBy: rule.heads)
    return (
      episode * queries * features + head * width, episode * keys * features + head * width
    )
  }

  private func halves(_ pointer: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<BFloat16> {
    ArrayPointer(floats: pointer, precision: .bfloat16).halves
  }

  // MARK: Products

  /// `q · kᵀ` of a block, with the keys as ``pairColumns(_:into:)`` left them.
  private func multiplyScores(
    _ rows: UnsafePointer<BFloat16>, _ block: Block, _ scratch: TileScratch
  ) {
    tiles_multiply_first(
      rows + block.start * features, rowBytes, scratch.across, stride * 4, Int32(width / 32),
      Int32((block.bound + 15) / 16), scratch.scores, stride * 4)
  }

  /// `w · x` of a block, with `x` as ``pairRows(_:_:into:)`` left it.
  private func multiplyRows(
    _ weights: UnsafePointer<BFloat16>, _ block: Block, _ scratch: TileScratch
  ) {
    tiles_multiply_first(
      weights + block.start * stride, stride * 2, scratch.keyPairs, width * 4,
      Int32((block.bound + 31) / 32), Int32(width / 16), scratch.result, width * 4)
  }

  /// `wᵀ · x` for all keys, with the queries' `x` as ``pairRows(_:_:into:)`` left it.
  private func gather(
    _ weights: UnsafePointer<BFloat16>, _ scratch: TileScratch, into result: ArrayPointer,
    _ offset: Int
  ) {
    for block in keyBlocks {
      for first in Swift.stride(from: block.bound, to: queries, by: 32) {
        tiles_transpose(
          weights + first * stride + block.start, stride * 2, Int32(min(32, queries - first)),
          scratch.transposed + (first - block.bound), span * 2)
      }
      tiles_multiply_second(
        scratch.transposed, span * 2, scratch.queryPairs + block.bound / 2 * width, width * 4,
        Int32((span - block.bound) / 32), Int32(width / 16), scratch.result, width * 4)
      store(scratch.result, min(16, keys), result, offset + block.start * features)
    }
  }

  // MARK: Layouts

  /// `[T, K]` with rows `D` apart to pairs of neighbouring features, `[K / 2, S]`.
  private func pairColumns(
    _ x: UnsafePointer<BFloat16>, into result: UnsafeMutablePointer<Float>
  ) {
    for key in Swift.stride(from: 0, to: stride, by: 16) {
      for feature in Swift.stride(from: 0, to: width, by: 32) {
        tiles_pair_columns(
          x + min(key, keys - 1) * features + feature, rowBytes,
          Int32(max(0, min(16, keys - key))), result + feature / 2 * stride + key, stride * 4)
      }
    }
  }

  /// `[count, K]` with rows `D` apart to pairs of neighbouring rows, `[count / 2, K]`, up to whole
  /// tiles.
  private func pairRows(
    _ x: UnsafePointer<BFloat16>, _ count: Int, into result: UnsafeMutablePointer<Float>
  ) {
    tiles_pair_rows(
      x, rowBytes, Int32(count), Int32(width / 16), Int32(Self.roundedUp(count) / 2), result)
  }

  private func store(
    _ rows: UnsafePointer<Float>, _ count: Int, _ array: ArrayPointer, _ offset: Int
  ) {
    for row in 0..<count {
      let x = rows + row * width
      switch array.precision {
      case .float32: (array.floats + offset + row * features).update(from: x, count: width)
      case .bfloat16:
        let y = array.halves + offset + row * features
        for i in 0..<width { y[i] = BFloat16(rounding: x[i]) }
      }
    }
  }
}
