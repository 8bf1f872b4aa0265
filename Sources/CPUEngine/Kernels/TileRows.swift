internal import ComputeGraph
internal import RealModule

/// Rows of scores and weights between the products of attention.
enum TileRows {
  /// Turns a row of scores into `count` weights, zeros behind the `seen` first.
  @inline(__always)
  static func weigh(
    _ row: UnsafeMutablePointer<Float>, _ rule: AttentionRule, _ seen: Int,
    into weights: UnsafeMutablePointer<BFloat16>, count: Int
  ) {
    let (scale, whole) = (rule.scale, (seen + 15) & ~15)
    for key in whole..<count { weights[key] = BFloat16(rounding: 0) }
    guard seen > 0 else { return }
    guard rule.scoring == .softmax else {
      for key in seen..<whole { row[key] = 0 }
      for key in 0..<whole { weights[key] = BFloat16(rounding: row[key] * scale) }
      return
    }
    for key in seen..<whole { row[key] = -.infinity }
    let shift = -largest(row, whole) * scale
    var total: Float = 0
    for key in 0..<whole {
      let score = row[key]
      let power = fastExponential(Relaxed.multiplyAdd(score, scale, shift))
      let weight = score == -.infinity ? 0 : power
      row[key] = weight
      total = Relaxed.sum(total, weight)
    }
    let normalizer = 1 / total
    for key in 0..<whole { weights[key] = BFloat16(rounding: row[key] * normalizer) }
  }

  /// Turns a row of cotangents of weights into `count` cotangents of scores, zeros behind the
  /// `seen` first.
  @inline(__always)
  static func unweigh(
    _ row: UnsafePointer<Float>, _ weights: UnsafePointer<BFloat16>, _ rule: AttentionRule,
    _ seen: Int, into cotangents: UnsafeMutablePointer<BFloat16>, count: Int
  ) {
    let (scale, whole) = (rule.scale, (seen + 15) & ~15)
    for key in whole..<count { cotangents[key] = BFloat16(rounding: 0) }
    guard rule.scoring == .softmax else {
      for key in 0..<whole {
        cotangents[key] = BFloat16(rounding: key < seen ? row[key] * scale : 0)
      }
      return
    }
    var projection: Float = 0
    for key in 0..<whole {
      projection = Relaxed.multiplyAdd(row[key], weights[key].widened, projection)
    }
    for key in 0..<whole {
      cotangents[key] = BFloat16(
        rounding: weights[key].widened * (row[key] - projection) * scale)
    }
  }

  /// The largest of `count` numbers, a multiple of 16.
  @inline(__always)
  private static func largest(_ row: UnsafePointer<Float>, _ count: Int) -> Float {
    var lanes = SIMD16<Float>(repeating: -.infinity)
    for key in stride(from: 0, to: count, by: 16) {
      let next = UnsafeRawPointer(row + key).loadUnaligned(as: SIMD16<Float>.self)
      lanes.replace(with: next, where: next .> lanes)
    }
    var result = lanes[0]
    for lane in 1..<16 { result = Float.maximumRelaxed(result, lanes[lane]) }
    return result
  }
}
