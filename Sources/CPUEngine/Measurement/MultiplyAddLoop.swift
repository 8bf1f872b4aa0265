internal import CLinux

/// Independent fused multiply-adds in registers: nothing that the cores do in single precision is
/// faster.
enum MultiplyAddLoop {
  /// So many chains hide the latency of the instruction, and fit the registers of every processor.
  private static let chains = 12

  /// The numbers of a vector register of this build.
  static let lanes = Int(compiled_vector_lanes())

  /// Whether this build may use the fused instruction; without it a round is a product, then a sum.
  static let isFused = compiled_with_fma() != 0

  /// Floating-point operations of a round.
  static let operations = 2 * chains * lanes

  /// - Returns: a number that depends on every operation, so that none is left out.
  @inline(never)
  static func run(rounds: Int, factor: Float) -> Float {
    switch lanes {
    case 16: run(SIMD16<Float>.self, rounds, factor)
    case 8: run(SIMD8<Float>.self, rounds, factor)
    default: run(SIMD4<Float>.self, rounds, factor)
    }
  }

  /// `s ← s · factor + (1 − factor)` for each chain, which tends to one and so stays a number of
  /// usual size.
  @inline(__always)
  private static func run<Vector: SIMD>(
    _ type: Vector.Type, _ rounds: Int, _ factor: Float
  ) -> Float where Vector.Scalar == Float {
    let (a, b) = (Vector(repeating: factor), Vector(repeating: 1 - factor))
    var (s0, s1, s2) = (Vector(repeating: 1), Vector(repeating: 2), Vector(repeating: 3))
    var (s3, s4, s5) = (Vector(repeating: 4), Vector(repeating: 5), Vector(repeating: 6))
    var (s6, s7, s8) = (Vector(repeating: 7), Vector(repeating: 8), Vector(repeating: 9))
    var (s9, s10, s11) = (Vector(repeating: 10), Vector(repeating: 11), Vector(repeating: 12))
    for _ in 0..<rounds {
      s0 = multiplyAdd(s0, a, b)
      s1 = multiplyAdd(s1, a, b)
      s2 = multiplyAdd(s2, a, b)
      s3 = multiplyAdd(s3, a, b)
      s4 = multiplyAdd(s4, a, b)
      s5 = multiplyAdd(s5, a, b)
      s6 = multiplyAdd(s6, a, b)
      s7 = multiplyAdd(s7, a, b)
      s8 = multiplyAdd(s8, a, b)
      s9 = multiplyAdd(s9, a, b)
      s10 = multiplyAdd(s10, a, b)
      s11 = multiplyAdd(s11, a, b)
    }
    let sums = (s0 + s1 + s2) + (s3 + s4 + s5) + (s6 + s7 + s8) + (s9 + s10 + s11)
    return sums.sum()
  }

  @inline(__always)
  private static func multiplyAdd<Vector: SIMD>(
    _ s: Vector, _ a: Vector, _ b: Vector
  ) -> Vector where Vector.Scalar == Float {
    compiled_with_fma() != 0 ? b.addingProduct(s, a) : s * a + b
  }
}
