internal import ComputeGraph
internal import RealModule

// Dimension key
//   B  episodes      Q  queries      T  keys      H  heads      K  dimension of one head
//   D  features, H·K      S  T rounded up to whole vectors

/// Attention that computes the visible part of the scores only, one episode and head at a time.
///
/// Weights are kept as rows `S` apart, zero where a query does not see a key; the weight of a
/// query's extra key stands in a column of its own behind them. Heads are a multiple of sixteen
/// wide and there are at least eight queries and keys.
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
  /// The first query that sees any of each eight keys, or `Q` if none does.
  private let firstReaders: [Int]

  private typealias Rows = UnsafeBufferPointer<Visibility.Row>

  init?(rule: AttentionRule, episodes: Int, features: Int) {
    let visibility = rule.visibility
    guard (features / rule.heads) % RowBlock.lanes == 0, visibility.rows.count >= RowBlock.rows,
      visibility.keyCount >= RowBlock.rows
    else { return nil }
    self.rule = rule
    self.episodes = episodes
    self.features = features
    queries = visibility.rows.count
    keys = visibility.keyCount
    width = features / rule.heads
    stride = aligned(keys)
    firstReaders = (0..<Self.blockCount(keys)).map { block in
      let start = Self.blockStart(block, of: visibility.keyCount)
      return visibility.rows.firstIndex { $0.prefix > start } ?? visibility.rows.count
    }
  }

  /// The weights of one head: `[Q, S]`, then `[Q]` for the extra keys.
  private var headCount: Int { queries * stride + aligned(queries) }

  /// Elements of all weights.
  var weightCount: Int { episodes * rule.heads * headCount }

  /// Elements of scratch memory: keys or values with their axes exchanged, and cotangents of
  /// weights.
  var scratchCount: Int { width * stride + headCount }

  private static func blockCount(_ count: Int) -> Int {
    (count + RowBlock.rows - 1) / RowBlock.rows
  }

  /// Where a block of eight begins; the last one overlaps its neighbour if it has to, and computes
  /// the same again.
  private static func blockStart(_ block: Int, of count: Int) -> Int {
    min(block * RowBlock.rows, count - RowBlock.rows)
  }

  // MARK: Forward

  /// `[B, Q, D]`, `[B, T, D]`, `[B, T, D]` to weights and `[B, Q, D]`.
  func forward(
    query: UnsafePointer<Float>, key: UnsafePointer<Float>, value: UnsafePointer<Float>,
    into output: UnsafeMutablePointer<Float>, weights: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    rule.visibility.rows.withUnsafeBufferPointer { rows in
      for head in 0..<episodes * rule.heads {
        let (atQuery, atKey) = offsets(head)
        forward(
          rows, query + atQuery, key + atKey, value + atKey, output + atQuery,
          weights + head * headCount, scratch)
      }
    }
  }

  private func forward(
    _ rows: Rows, _ q: UnsafePointer<Float>, _ k: UnsafePointer<Float>, _ v: UnsafePointer<Float>,
    _ output: UnsafeMutablePointer<Float>, _ weights: UnsafeMutablePointer<Float>,
    _ keysAcross: UnsafeMutablePointer<Float>
  ) {
    let extras = weights + queries * stride
    exchangeAxes(k, into: keysAcross)
    for block in 0..<Self.blockCount(queries) {
      let start = Self.blockStart(block, of: queries)
      let limit = limit(rows, start)
      let block = weights + start * stride
      for lane in Swift.stride(from: 0, to: limit, by: RowBlock.lanes) {
        RowBlock.multiply(
          q + start * features, rowStride: features, innerStride: 1, keysAcross + lane,
          stride: stride, count: width, into: block + lane, resultStride: stride)
      }
      for query in start..<start + RowBlock.rows {
        let extra = rows[query].extra.map { dot(q + query * features, k + $0 * features) }
        extras[query] = weigh(weights + query * stride, rows[query], extra)
      }
      multiply(block, limit, v, into: output + start * features)
      for query in start..<start + RowBlock.rows {
        guard let place = rows[query].extra else { continue }
        add(extras[query], v + place * features, to: output + query * features)
      }
    }
  }

  /// Turns a row of scores into weights in place, zeros behind; returns the weight of the extra
  /// key.
  private func weigh(
    _ row: UnsafeMutablePointer<Float>, _ sees: Visibility.Row, _ extra: Float?
  ) -> Float {
    let (scale, count) = (rule.scale, sees.prefix)
    for key in count..<stride { row[key] = 0 }
    guard rule.scoring == .softmax else {
      for key in 0..<count { row[key] *= scale }
      return (extra ?? 0) * scale
    }
    guard count > 0 || extra != nil else { return 0 }
    let shift = -largest(row, count, extra ?? row[0]) * scale
    var total: Float = 0
    for key in 0..<count {
      let weight = fastExponential(Relaxed.multiplyAdd(row[key], scale, shift))
      row[key] = weight
      total = Relaxed.sum(total, weight)
    }
    let own = extra.map { fastExponential(Relaxed.multiplyAdd($0, scale, shift)) } ?? 0
    let normalizer = 1 / (total + own)
    for key in 0..<count { row[key] *= normalizer }
    return own * normalizer
  }

  /// The largest of `count` numbers and one more; sixteen at a time, as a loop of comparisons is
  /// not vectorised.
  private func largest(_ row: UnsafePointer<Float>, _ count: Int, _ other: Float) -> Float {
    var lanes = SIMD16<Float>(repeating: other)
    let whole = count & ~15
    for key in Swift.stride(from: 0, to: whole, by: 16) {
      let next = UnsafeRawPointer(row + key).loadUnaligned(as: SIMD16<Float>.self)
      lanes.replace(with: next, where: next .> lanes)
    }
    var result = other
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
    rule.visibility.rows.withUnsafeBufferPointer { rows in
      for head in 0..<episodes * rule.heads {
        let (atQuery, atKey) = offsets(head)
        let w = weights + head * headCount
        weightCotangents(rows, g + atQuery, value + atKey, w, scratch, into: cotangents)
        queryCotangents(rows, cotangents, key + atKey, into: results.query + atQuery)
        gather(rows, cotangents, query + atQuery, into: results.key + atKey)
        gather(rows, w, g + atQuery, into: results.value + atKey)
      }
    }
  }

  private func queryCotangents(
    _ rows: Rows, _ cotangents: UnsafePointer<Float>, _ k: UnsafePointer<Float>,
    into result: UnsafeMutablePointer<Float>
  ) {
    let extras = cotangents + queries * stride
    for block in 0..<Self.blockCount(queries) {
      let start = Self.blockStart(block, of: queries)
      multiply(
        cotangents + start * stride, limit(rows, start), k, into: result + start * features)
      for query in start..<start + RowBlock.rows {
        guard let place = rows[query].extra else { continue }
        add(extras[query], k + place * features, to: result + query * features)
      }
    }
  }

  /// The cotangents of the scores `q · k`, laid out as the weights are.
  private func weightCotangents(
    _ rows: Rows, _ g: UnsafePointer<Float>, _ v: UnsafePointer<Float>,
    _ weights: UnsafePointer<Float>,
    _ valuesAcross: UnsafeMutablePointer<Float>, into cotangents: UnsafeMutablePointer<Float>
  ) {
    exchangeAxes(v, into: valuesAcross)
    let extras = queries * stride
    for block in 0..<Self.blockCount(queries) {
      let start = Self.blockStart(block, of: queries)
      let limit = limit(rows, start)
      let block = cotangents + start * stride
      for lane in Swift.stride(from: 0, to: limit, by: RowBlock.lanes) {
        RowBlock.multiply(
          g + start * features, rowStride: features, innerStride: 1, valuesAcross + lane,
          stride: stride, count: width, into: block + lane, resultStride: stride)
      }
      for query in start..<start + RowBlock.rows {
        let extra = rows[query].extra.map { dot(g + query * features, v + $0 * features) } ?? 0
        cotangents[extras + query] = unweigh(
          cotangents + query * stride, weights + query * stride, rows[query].prefix, extra,
          weights[extras + query])
      }
    }
  }

  /// Turns a row of cotangents of weights into those of scores in place, zeros behind; returns the
  /// extra key's.
  private func unweigh(
    _ row: UnsafeMutablePointer<Float>, _ weights: UnsafePointer<Float>, _ count: Int,
    _ extra: Float, _ extraWeight: Float
  ) -> Float {
    let scale = rule.scale
    for key in count..<stride { row[key] = 0 }
    guard rule.scoring == .softmax else {
      for key in 0..<count { row[key] *= scale }
      return extra * scale
    }
    var projection = extra * extraWeight
    for key in 0..<count { projection = Relaxed.multiplyAdd(row[key], weights[key], projection) }
    for key in 0..<count { row[key] = weights[key] * (row[key] - projection) * scale }
    return extraWeight * (extra - projection) * scale
  }

  /// For each key the sum over queries of its weight times their row: `wᵀ · x`, `[T, K]`.
  private func gather(
    _ rows: Rows, _ weights: UnsafePointer<Float>, _ x: UnsafePointer<Float>,
    into result: UnsafeMutablePointer<Float>
  ) {
    for block in 0..<Self.blockCount(keys) {
      let (start, first) = (Self.blockStart(block, of: keys), firstReaders[block])
      for lane in Swift.stride(from: 0, to: width, by: RowBlock.lanes) {
        RowBlock.multiply(
          weights + first * stride + start, rowStride: 1, innerStride: stride,
          x + first * features + lane, stride: features, count: queries - first,
          into: result + start * features + lane, resultStride: features)
      }
    }
    for query in rows.indices {
      guard let place = rows[query].extra else { continue }
      add(weights[queries * stride + query], x + query * features, to: result + place * features)
    }
  }

  // MARK: Parts

  /// Where the rows of a head begin; heads are counted through all episodes.
  private func offsets(_ head: Int) -> (query: Int, key: Int) {
    let (episode, head) = head.quotientAndRemainder(dividingBy: rule.heads)
    return (
      episode * queries * features + head * width, episode * keys * features + head * width
    )
  }

  /// How many keys any of eight queries sees.
  private func limit(_ rows: Rows, _ start: Int) -> Int {
    var limit = 0
    for query in start..<start + RowBlock.rows { limit = max(limit, rows[query].prefix) }
    return limit
  }

  /// `weights · x` for eight queries: `[8, limit] · [limit, K]`.
  private func multiply(
    _ weights: UnsafePointer<Float>, _ limit: Int, _ x: UnsafePointer<Float>,
    into result: UnsafeMutablePointer<Float>
  ) {
    for lane in Swift.stride(from: 0, to: width, by: RowBlock.lanes) {
      RowBlock.multiply(
        weights, rowStride: stride, innerStride: 1, x + lane, stride: features, count: limit,
        into: result + lane, resultStride: features)
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

  private func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>) -> Float {
    var sum: Float = 0
    for i in 0..<width { sum = Relaxed.multiplyAdd(a[i], b[i], sum) }
    return sum
  }

  private func add(
    _ factor: Float, _ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>
  ) {
    for i in 0..<width { y[i] = Relaxed.multiplyAdd(factor, x[i], y[i]) }
  }
}
