internal import ComputeGraph
internal import RealModule

// Dimension key
//   B  episodes      Q  queries      T  keys      H  heads      K  dimension of one head
//   D  features, H·K      S  T rounded up to whole vectors

/// Attention that computes the visible part of the scores only, one episode and head at a time.
///
/// Weights are kept as rows `S` apart, zero where a query does not see a key. Heads are a multiple
/// of sixteen wide, and there are at least eight queries and keys.
struct VisibleAttention: Sendable {
  let rule: AttentionRule
  let episodes: Int
  /// `D`
  let features: Int
  private let queries: Int
  private let keys: Int
  /// `K`
  private let width: Int
  /// `S`
  private let stride: Int
  /// For each eight queries the number of keys that any of them sees.
  private let limits: [Int]
  /// For each eight keys the first query that sees any of them, or `Q` if none does.
  private let firstReaders: [Int]

  /// - Returns: `nil` if heads, queries or keys do not suit the kernel.
  init?(rule: AttentionRule, episodes: Int, features: Int) {
    let visibility = rule.visibility
    let (queries, keys) = (visibility.queryCount, visibility.keyCount)
    guard (features / rule.heads) % RowBlock.lanes == 0, queries >= RowBlock.rows,
      keys >= RowBlock.rows
    else { return nil }
    self.rule = rule
    self.episodes = episodes
    self.features = features
    self.queries = queries
    self.keys = keys
    width = features / rule.heads
    stride = aligned(keys)
    limits = (0..<Self.blockCount(queries)).map { block in
      let start = Self.start(of: block, among: queries)
      return visibility.prefixes[start..<start + RowBlock.rows].reduce(0, max)
    }
    firstReaders = (0..<Self.blockCount(keys)).map { block in
      let start = Self.start(of: block, among: keys)
      return visibility.prefixes.firstIndex { $0 > start } ?? queries
    }
  }

  /// The weights of one head: `[Q, S]`.
  private var headCount: Int { queries * stride }

  /// Elements of all weights.
  var weightCount: Int { episodes * rule.heads * headCount }

  /// Elements of scratch memory: keys or values with their axes exchanged, and cotangents of
  /// scores.
  var scratchCount: Int { width * stride + headCount }

  private static func blockCount(_ count: Int) -> Int {
    (count + RowBlock.rows - 1) / RowBlock.rows
  }

  /// Where a block of eight begins; the last one overlaps its neighbour if it has to, and computes
  /// the same again.
  private static func start(of block: Int, among count: Int) -> Int {
    min(block * RowBlock.rows, count - RowBlock.rows)
  }

  /// Where the rows of a head begin; heads are counted through all episodes.
  private func offsets(_ head: Int) -> (query: Int, key: Int) {
    let (episode, head) = head.quotientAndRemainder(dividingBy: rule.heads)
    return (
      episode * queries * features + head * width, episode * keys * features + head * width
    )
  }

  // MARK: Forward

  /// `[B, Q, D]`, `[B, T, D]`, `[B, T, D]` to weights and `[B, Q, D]`.
  func forward(
    query: UnsafePointer<Float>, key: UnsafePointer<Float>, value: UnsafePointer<Float>,
    into output: UnsafeMutablePointer<Float>, weights: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    for head in 0..<episodes * rule.heads {
      let (atQuery, atKey) = offsets(head)
      let own = weights + head * headCount
      scores(query + atQuery, key + atKey, across: scratch, into: own) { query in
        weigh(own + query * stride, rule.visibility.prefixes[query])
      }
      multiply(own, value + atKey, into: output + atQuery)
    }
  }

  /// `q · kᵀ` where any of eight queries sees a key; each finished row is handed on.
  @inline(__always)
  private func scores(
    _ q: UnsafePointer<Float>, _ k: UnsafePointer<Float>,
    across keysAcross: UnsafeMutablePointer<Float>, into result: UnsafeMutablePointer<Float>,
    _ finish: (_ query: Int) -> Void
  ) {
    exchangeAxes(k, into: keysAcross)
    for block in limits.indices {
      let start = Self.start(of: block, among: queries)
      for lane in Swift.stride(from: 0, to: limits[block], by: RowBlock.lanes) {
        RowBlock.multiply(
          q + start * features, rowStride: features, innerStride: 1, keysAcross + lane,
          stride: stride, count: width, into: result + start * stride + lane,
          resultStride: stride)
      }
      for query in start..<start + RowBlock.rows { finish(query) }
    }
  }

  /// Turns a row of scores into weights in place, zeros behind the `count` that are seen.
  private func weigh(_ row: UnsafeMutablePointer<Float>, _ count: Int) {
    let scale = rule.scale
    for key in count..<stride { row[key] = 0 }
    guard rule.scoring == .softmax, count > 0 else {
      for key in 0..<count { row[key] *= scale }
      return
    }
    let shift = -largest(row, count) * scale
    var total: Float = 0
    for key in 0..<count {
      let weight = fastExponential(Relaxed.multiplyAdd(row[key], scale, shift))
      row[key] = weight
      total = Relaxed.sum(total, weight)
    }
    let normalizer = 1 / total
    for key in 0..<count { row[key] *= normalizer }
  }

  /// The largest of `count` numbers, sixteen at a time: a loop of comparisons is not vectorised.
  @inline(__always)
  private func largest(_ row: UnsafePointer<Float>, _ count: Int) -> Float {
    var lanes = SIMD16<Float>(repeating: row[0])
    let whole = count & ~15
    for key in Swift.stride(from: 0, to: whole, by: 16) {
      let next = UnsafeRawPointer(row + key).loadUnaligned(as: SIMD16<Float>.self)
      lanes.replace(with: next, where: next .> lanes)
    }
    var result = row[0]
    for lane in 0..<16 { result = Float.maximumRelaxed(result, lanes[lane]) }
    for key in whole..<count { result = Float.maximumRelaxed(result, row[key]) }
    return result
  }

  // MARK: Backward

  /// The cotangents of query, key and value, each of its operand's shape.
  func backward(
    _ g: UnsafePointer<Float>, query: UnsafePointer<Float>, key: UnsafePointer<Float>,
    value: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    into results: (
      query: UnsafeMutablePointer<Float>, key: UnsafeMutablePointer<Float>,
      value: UnsafeMutablePointer<Float>
    ), scratch: UnsafeMutablePointer<Float>
  ) {
    let cotangents = scratch + width * stride
    for head in 0..<episodes * rule.heads {
      let (atQuery, atKey) = offsets(head)
      let own = weights + head * headCount
      scores(g + atQuery, value + atKey, across: scratch, into: cotangents) { query in
        unweigh(
          cotangents + query * stride, own + query * stride, rule.visibility.prefixes[query])
      }
      multiply(cotangents, key + atKey, into: results.query + atQuery)
      gather(cotangents, query + atQuery, into: results.key + atKey)
      gather(own, g + atQuery, into: results.value + atKey)
    }
  }

  /// Turns a row of cotangents of weights into those of scores in place, zeros behind the `count`
  /// that are seen.
  private func unweigh(
    _ row: UnsafeMutablePointer<Float>, _ weights: UnsafePointer<Float>, _ count: Int
  ) {
    let scale = rule.scale
    for key in count..<stride { row[key] = 0 }
    guard rule.scoring == .softmax else {
      for key in 0..<count { row[key] *= scale }
      return
    }
    var projection: Float = 0
    for key in 0..<count { projection = Relaxed.multiplyAdd(row[key], weights[key], projection) }
    for key in 0..<count { row[key] = weights[key] * (row[key] - projection) * scale }
  }

  // MARK: Products

  /// For each query the sum over keys of its weight times their row: `w · x`, `[Q, K]`.
  private func multiply(
    _ weights: UnsafePointer<Float>, _ x: UnsafePointer<Float>,
    into result: UnsafeMutablePointer<Float>
  ) {
    for block in limits.indices {
      let start = Self.start(of: block, among: queries)
      for lane in Swift.stride(from: 0, to: width, by: RowBlock.lanes) {
        RowBlock.multiply(
          weights + start * stride, rowStride: stride, innerStride: 1, x + lane, stride: features,
          count: limits[block], into: result + start * features + lane, resultStride: features)
      }
    }
  }

  /// For each key the sum over queries of its weight times their row: `wᵀ · x`, `[T, K]`.
  private func gather(
    _ weights: UnsafePointer<Float>, _ x: UnsafePointer<Float>,
    into result: UnsafeMutablePointer<Float>
  ) {
    for block in firstReaders.indices {
      let (start, first) = (Self.start(of: block, among: keys), firstReaders[block])
      for lane in Swift.stride(from: 0, to: width, by: RowBlock.lanes) {
        RowBlock.multiply(
          weights + first * stride + start, rowStride: 1, innerStride: stride,
          x + first * features + lane, stride: features, count: queries - first,
          into: result + start * features + lane, resultStride: features)
      }
    }
  }

  /// `[T, K]` with rows `D` apart to `[K, S]`; the lanes behind the last key stay as they are and
  /// are never read as keys.
  private func exchangeAxes(
    _ x: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>
  ) {
    for key in 0..<keys {
      let row = x + key * features
      for feature in 0..<width { result[feature * stride + key] = row[feature] }
    }
  }
}
