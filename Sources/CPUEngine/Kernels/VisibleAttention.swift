internal import ComputeGraph
internal import RealModule

// Dimension key
//   B  episodes      Q  queries      T  keys      H  heads      K  dimension of one head
//   D  features, H·K      S  T rounded up to whole vectors

/// Attention that computes the visible part of the scores only, one episode and head at a time.
///
/// Weights are kept as rows `S` apart, zero where a query does not see a key. Heads are a multiple
/// of sixteen wide, and there are at least eight queries and keys.
struct VisibleAttention: AttentionKernel {
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

  /// Elements of scratch memory: keys or values with their axes exchanged, cotangents of scores,
  /// and, if operands are rounded, the seven arrays of one head in single precision.
  var scratchCount: Int {
    let wide = rule.precision == .float32 ? 0 : 7 * max(queries, keys) * width
    return width * stride + headCount + wide
  }

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
  func forward(_ x: AttentionArrays, into output: ArrayPointer) {
    let scratch = x.scratch
    for head in 0..<episodes * rule.heads {
      let (atQuery, atKey) = offsets(head)
      var memory = HeadMemory(
        width: width, features: features, free: scratch + width * stride + headCount)
      let query = memory.rows(of: x.query, from: atQuery, queries)
      let key = memory.rows(of: x.key, from: atKey, keys)
      let value = memory.rows(of: x.value, from: atKey, keys)
      let result = memory.rows(for: output, from: atQuery, queries)
      let weights = x.weights + head * headCount
      scores(query, key, across: scratch, into: weights) { query in
        weigh(weights + query * stride, rule.visibility.prefixes[query])
      }
      multiply(weights, value, into: result)
      memory.store(result, to: output, from: atQuery, queries)
    }
  }

  /// `q · kᵀ` where any of eight queries sees a key; each finished row is handed on.
  @inline(__always)
  private func scores(
    _ q: HeadRows, _ k: HeadRows, across keysAcross: UnsafeMutablePointer<Float>,
    into result: UnsafeMutablePointer<Float>,
    _ finish: (_ query: Int) -> Void
  ) {
    exchangeAxes(k, into: keysAcross)
    for block in limits.indices {
      let start = Self.start(of: block, among: queries)
      for lane in Swift.stride(from: 0, to: limits[block], by: RowBlock.lanes) {
        RowBlock.multiply(
          q.pointer + start * q.stride, rowStride: q.stride, innerStride: 1, keysAcross + lane,
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
    _ cotangent: ArrayPointer, _ x: AttentionArrays,
    into results: (query: ArrayPointer, key: ArrayPointer, value: ArrayPointer)
  ) {
    let scratch = x.scratch
    let cotangents = scratch + width * stride
    for head in 0..<episodes * rule.heads {
      let (atQuery, atKey) = offsets(head)
      var memory = HeadMemory(
        width: width, features: features, free: cotangents + headCount)
      let g = memory.rows(of: cotangent, from: atQuery, queries)
      let query = memory.rows(of: x.query, from: atQuery, queries)
      let key = memory.rows(of: x.key, from: atKey, keys)
      let value = memory.rows(of: x.value, from: atKey, keys)
      let forQuery = memory.rows(for: results.query, from: atQuery, queries)
      let forKey = memory.rows(for: results.key, from: atKey, keys)
      let forValue = memory.rows(for: results.value, from: atKey, keys)
      let weights = x.weights + head * headCount
      scores(g, value, across: scratch, into: cotangents) { query in
        unweigh(
          cotangents + query * stride, weights + query * stride, rule.visibility.prefixes[query])
      }
      multiply(cotangents, key, into: forQuery)
      gather(cotangents, query, into: forKey)
      gather(weights, g, into: forValue)
      memory.store(forQuery, to: results.query, from: atQuery, queries)
      memory.store(forKey, to: results.key, from: atKey, keys)
      memory.store(forValue, to: results.value, from: atKey, keys)
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
    _ weights: UnsafePointer<Float>, _ x: HeadRows, into result: HeadRows
  ) {
    for block in limits.indices {
      let start = Self.start(of: block, among: queries)
      for lane in Swift.stride(from: 0, to: width, by: RowBlock.lanes) {
        RowBlock.multiply(
          weights + start * stride, rowStride: stride, innerStride: 1, x.pointer + lane,
          stride: x.stride, count: limits[block],
          into: result.pointer + start * result.stride + lane, resultStride: result.stride)
      }
    }
  }

  /// For each key the sum over queries of its weight times their row: `wᵀ · x`, `[T, K]`.
  private func gather(
    _ weights: UnsafePointer<Float>, _ x: HeadRows, into result: HeadRows
  ) {
    for block in firstReaders.indices {
      let (start, first) = (Self.start(of: block, among: keys), firstReaders[block])
      for lane in Swift.stride(from: 0, to: width, by: RowBlock.lanes) {
        RowBlock.multiply(
          weights + first * stride + start, rowStride: 1, innerStride: stride,
          x.pointer + first * x.stride + lane, stride: x.stride, count: queries - first,
          into: result.pointer + start * result.stride + lane, resultStride: result.stride)
      }
    }
  }

  /// `[T, K]` to `[K, S]`; the lanes behind the last key stay as they are and
  /// are never read as keys.
  private func exchangeAxes(
    _ x: HeadRows, into result: UnsafeMutablePointer<Float>
  ) {
    for key in 0..<keys {
      let row = x.pointer + key * x.stride
      for feature in 0..<width { result[feature * stride + key] = row[feature] }
    }
  }
}

/// The rows of one head, `[count, K]`.
struct HeadRows {
  let pointer: UnsafeMutablePointer<Float>
  /// Elements from one row to the next.
  let stride: Int
}

/// Brings the rows of one head to single precision and back; rows that are so stay where they lie.
private struct HeadMemory {
  let width: Int
  /// Elements from one row of an array to the next.
  let features: Int
  var free: UnsafeMutablePointer<Float>

  /// Memory for rows that will be stored.
  mutating func rows(for array: ArrayPointer, from offset: Int, _ count: Int) -> HeadRows {
    guard array.precision == .bfloat16 else {
      return HeadRows(pointer: array.floats + offset, stride: features)
    }
    defer { free += count * width }
    return HeadRows(pointer: free, stride: width)
  }

  mutating func rows(of array: ArrayPointer, from offset: Int, _ count: Int) -> HeadRows {
    let rows = rows(for: array, from: offset, count)
    guard array.precision == .bfloat16 else { return rows }
    let source = array.halves + offset
    for row in 0..<count {
      let (x, y) = (source + row * features, rows.pointer + row * width)
      for i in 0..<width { y[i] = x[i].widened }
    }
    return rows
  }

  func store(_ rows: HeadRows, to array: ArrayPointer, from offset: Int, _ count: Int) {
    guard array.precision == .bfloat16 else { return }
    let target = array.halves + offset
    for row in 0..<count {
      let (x, y) = (rows.pointer + row * width, target + row * features)
      for i in 0..<width { y[i] = BFloat16(rounding: x[i]) }
    }
  }
}
