internal import CLinux

/// Sixteen lanes of eight rows: `Σᵢ a[row, i] · b[i, lane]`, the inner loop of attention.
///
/// The accumulators are registers: eight chains hide the latency of the fused multiply-add.
struct RowBlock {
  static let rows = 8
  static let lanes = 16

  typealias Lanes = SIMD16<Float>

  /// Sums over `i` in `0 ..< count` and stores or adds the result.
  ///
  /// - Parameters:
  ///   - a: element `(row, i)` lies at `row · rowStride + i · innerStride`.
  ///   - b: row `i` of sixteen lanes lies at `i · stride`.
  ///   - c: row `row` of sixteen lanes lies at `row · resultStride`.
  @inline(__always)
  static func multiply(
    _ a: UnsafePointer<Float>, rowStride: Int, innerStride: Int, _ b: UnsafePointer<Float>,
    stride: Int, count: Int, into c: UnsafeMutablePointer<Float>, resultStride: Int
  ) {
    var (s0, s1, s2, s3) = (Lanes(), Lanes(), Lanes(), Lanes())
    var (s4, s5, s6, s7) = (Lanes(), Lanes(), Lanes(), Lanes())
    var (x, y) = (a, b)
    for _ in 0..<count {
      let lanes = load(y)
      s0 = add(s0, x[0], lanes)
      s1 = add(s1, x[rowStride], lanes)
      s2 = add(s2, x[2 * rowStride], lanes)
      s3 = add(s3, x[3 * rowStride], lanes)
      s4 = add(s4, x[4 * rowStride], lanes)
      s5 = add(s5, x[5 * rowStride], lanes)
      s6 = add(s6, x[6 * rowStride], lanes)
      s7 = add(s7, x[7 * rowStride], lanes)
      x += innerStride
      y += stride
    }
    store(s0, c)
    store(s1, c + resultStride)
    store(s2, c + 2 * resultStride)
    store(s3, c + 3 * resultStride)
    store(s4, c + 4 * resultStride)
    store(s5, c + 5 * resultStride)
    store(s6, c + 6 * resultStride)
    store(s7, c + 7 * resultStride)
  }

  @inline(__always)
  private static func add(_ sum: Lanes, _ factor: Float, _ lanes: Lanes) -> Lanes {
    let factors = Lanes(repeating: factor)
    return compiled_with_fma() != 0 ? sum.addingProduct(factors, lanes) : sum + factors * lanes
  }

  @inline(__always)
  private static func load(_ pointer: UnsafePointer<Float>) -> Lanes {
    UnsafeRawPointer(pointer).loadUnaligned(as: Lanes.self)
  }

  @inline(__always)
  private static func store(_ lanes: Lanes, _ pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: lanes, as: Lanes.self)
  }
}
