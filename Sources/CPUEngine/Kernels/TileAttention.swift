#if arch(x86_64) && os(Linux)
  internal import CTiles
  internal import ComputeGraph

  // Dimension key
  //   B  episodes      Q  queries      T  keys      H  heads      K  dimension of one head
  //   D  features, H·K      S  T, R  Q, rounded up to 32

  /// Attention in bfloat16 on the tile registers of the processor, one episode and head at a time.
  ///
  /// Sixteen queries at a time, one in each lane: their scores are a column of tiles, of which the
  /// visible part is computed; sums and exponentials run over rows of keys, without a step across
  /// lanes, in single precision. Heads are a multiple of 32 wide.
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
    let keySpan: Int
    /// `R`
    let querySpan: Int
    /// For each query the keys that it sees; none for those that round up to `R`.
    private let seen: [Int32]
    /// For each sixteen queries the number of keys that any of them sees.
    private let limits: [Int]
    private let keyBlocks: [KeyBlock]

    /// Up to sixteen keys; the last block overlaps its neighbour if it has to.
    private struct KeyBlock {
      let start: Int
      /// No query before this one, a multiple of 32, sees any of the keys.
      let firstReader: Int
    }

    private static let isAvailable = tiles_request()

    /// - Returns: `nil` if heads do not suit the kernel, or the processor has no tiles.
    init?(rule: AttentionRule, episodes: Int, features: Int) {
      let visibility = rule.visibility
      guard rule.precision == .bfloat16, (features / rule.heads) % 32 == 0, Self.isAvailable,
        visibility.queryCount > 0, visibility.keyCount > 0
      else { return nil }
      self.rule = rule
      self.episodes = episodes
      self.features = features
      let (queries, keys) = (visibility.queryCount, visibility.keyCount)
      let roundedUp = { (count: Int) in (count + 31) & ~31 }
      (self.queries, self.keys) = (queries, keys)
      width = features / rule.heads
      (keySpan, querySpan) = (roundedUp(keys), roundedUp(queries))
      let seen =
        visibility.prefixes.map(Int32.init)
        + [Int32](repeating: 0, count: querySpan - queries)
      self.seen = seen
      limits = stride(from: 0, to: querySpan, by: 16).map { start in
        seen[start..<start + 16].reduce(0) { max($0, Int($1)) }
      }
      keyBlocks = stride(from: 0, to: keys, by: 16).map { first in
        let start = max(0, min(first, keys - 16))
        let reader = visibility.prefixes.firstIndex { $0 > start } ?? queries
        return KeyBlock(start: start, firstReader: reader / 32 * 32)
      }
    }

    /// Bytes of the weights of sixteen queries: pairs of keys, `[S / 2, 16]`.
    private var blockBytes: Int { keySpan * 32 }

    /// Bytes of the weights of one head.
    private var headBytes: Int { limits.count * blockBytes }

    var weightCount: Int { episodes * rule.heads * headBytes / 4 }

    var scratchCount: Int { TileScratch.count(self) }

    /// Bytes from one row of an array to the next.
    private var rowBytes: Int { features * 2 }

    func forward(_ x: AttentionArrays, into output: ArrayPointer) {
      let scratch = TileScratch(self, at: x.scratch)
      tiles_configure(Int32(min(16, keys)))
      defer { tiles_release() }
      for head in 0..<episodes * rule.heads {
        let (atQuery, atKey) = offsets(head)
        let weights = UnsafeMutableRawPointer(x.weights) + head * headBytes
        let key = x.key.halves + atKey
        pairColumns(x.query.halves + atQuery, into: scratch.queryColumns)
        transpose(x.value.halves + atKey, into: scratch.keyTransposed)
        for block in limits.indices {
          let own = weights + block * blockBytes
          multiplyScores(key, block, scratch)
          seen.withUnsafeBufferPointer { seen in
            tiles_weigh(
              scratch.scores, seen.baseAddress.map { $0 + block * 16 },
              Int32(visibleRows(block)), rule.scale, rule.scoring == .softmax, own)
          }
          mix(own, block, scratch, into: output, atQuery)
        }
      }
    }

    func backward(
      _ cotangent: ArrayPointer, _ x: AttentionArrays,
      into results: (query: ArrayPointer, key: ArrayPointer, value: ArrayPointer)
    ) {
      let scratch = TileScratch(self, at: x.scratch)
      tiles_configure(Int32(min(16, keys)))
      defer { tiles_release() }
      for head in 0..<episodes * rule.heads {
        let (atQuery, atKey) = offsets(head)
        let weights = UnsafeMutableRawPointer(x.weights) + head * headBytes
        let value = x.value.halves + atKey
        pairColumns(cotangent.halves + atQuery, into: scratch.queryColumns)
        transpose(x.key.halves + atKey, into: scratch.keyTransposed)
        for block in limits.indices {
          multiplyScores(value, block, scratch)
          seen.withUnsafeBufferPointer { seen in
            tiles_unweigh(
              scratch.scores, weights + block * blockBytes,
              seen.baseAddress.map { $0 + block * 16 }, Int32(visibleRows(block)), rule.scale,
              rule.scoring == .softmax, scratch.pairs, scratch.weightRows + block * 16,
              scratch.cotangentRows + block * 16, querySpan * 2, Int32(keySpan))
          }
          mix(scratch.pairs, block, scratch, into: results.query, atQuery)
        }
        gather(
          scratch.cotangentRows, x.query.halves + atQuery, scratch, into: results.key, atKey)
        gather(
          scratch.weightRows, cotangent.halves + atQuery, scratch, into: results.value, atKey)
      }
    }

    /// Where the rows of a head begin; heads are counted through all episodes.
    private func offsets(_ head: Int) -> (query: Int, key: Int) {
      let (episode, head) = head.quotientAndRemainder(dividingBy: rule.heads)
      return (
        episode * queries * features + head * width, episode * keys * features + head * width
      )
    }

    /// Rows of scores of a block, whole tiles.
    private func visibleRows(_ block: Int) -> Int { (limits[block] + 15) & ~15 }

    // MARK: Products

    /// `k · qᵀ` for the queries of a block and the keys that they see.
    private func multiplyScores(
      _ rows: UnsafePointer<BFloat16>, _ block: Int, _ scratch: TileScratch
    ) {
      tiles_multiply_keys(
        rows, rowBytes, Int32(limits[block]), Int32(keys), scratch.queryColumns + block * 16,
        querySpan * 4, Int32(width / 32), scratch.scores)
    }

    /// For each query of a block the sum over keys of its weight times their row.
    private func mix(
      _ weights: UnsafeRawPointer, _ block: Int, _ scratch: TileScratch,
      into result: ArrayPointer, _ offset: Int
    ) {
      tiles_multiply_features(
        scratch.keyTransposed, keySpan * 2, Int32(width), Int32(width), weights, 64,
        Int32((limits[block] + 31) / 32), scratch.result)
      let count = Int32(max(0, min(16, queries - block * 16)))
      for feature in stride(from: 0, to: width, by: 16) {
        let target = result.element(offset + block * 16 * features + feature)
        tiles_store_transposed(
          scratch.result + feature * 16, count, target, features * result.elementBytes,
          result.precision == .bfloat16)
      }
    }

    /// For each key the sum over queries of its weight times their row.
    private func gather(
      _ weights: UnsafePointer<BFloat16>, _ rows: UnsafePointer<BFloat16>,
      _ scratch: TileScratch, into result: ArrayPointer, _ offset: Int
    ) {
      tiles_pair_rows(
        rows, rowBytes, Int32(queries), Int32(width / 16), Int32(querySpan / 2),
        scratch.queryPairs)
      for block in keyBlocks {
        tiles_multiply_across(
          weights + block.start * querySpan + block.firstReader, querySpan * 2,
          scratch.queryPairs + block.firstReader / 2 * width, width * 4,
          Int32((querySpan - block.firstReader) / 32), Int32(width / 32), scratch.result,
          width * 4)
        tiles_store(
          scratch.result, Int32(min(16, keys)), Int32(width / 16),
          result.element(offset + block.start * features), features * result.elementBytes,
          result.precision == .bfloat16)
      }
    }

    // MARK: Layouts

    /// `[Q, K]` with rows `D` apart to pairs of neighbouring features, `[K / 2, R]`.
    private func pairColumns(
      _ x: UnsafePointer<BFloat16>, into result: UnsafeMutablePointer<Float>
    ) {
      for query in stride(from: 0, to: queries, by: 16) {
        for feature in stride(from: 0, to: width, by: 32) {
          tiles_pair_columns(
            x + query * features + feature, rowBytes, Int32(min(16, queries - query)),
            result + feature / 2 * querySpan + query, querySpan * 4)
        }
      }
    }

    /// `[T, K]` with rows `D` apart to `[K, S]`.
    private func transpose(
      _ x: UnsafePointer<BFloat16>, into result: UnsafeMutablePointer<BFloat16>
    ) {
      for key in stride(from: 0, to: keys, by: 32) {
        for feature in stride(from: 0, to: width, by: 16) {
          tiles_transpose(
            x + key * features + feature, rowBytes, Int32(min(32, keys - key)),
            result + feature * keySpan + key, keySpan * 2)
        }
      }
    }
  }
#endif
