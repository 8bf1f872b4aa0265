/// What a node of a random network makes of its number.
///
/// All are made of additions, multiplications, divisions and comparisons, so that they are the same on
/// every machine.
package enum NodeFunction: String, Codable, CaseIterable, Sendable {
  /// `x`
  case identity
  /// `tanh x`
  case tanh
  /// `max(x, 0)`
  case relu
  /// `|x|`
  case absolute
  /// `1` for positive numbers, else `-1`
  case sign
  /// `1 / (1 + x²)`
  case bump

  /// Applies the function to the first `count` of `numbers`.
  func apply(to numbers: inout MutableSpan<Float>, first count: Int) {
    precondition(count <= numbers.count, "A function is applied to numbers that are there.")
    switch self {
    case .identity: return
    case .tanh: Self.forEach(&numbers, count) { hyperbolicTangent($0) }
    case .relu: Self.forEach(&numbers, count) { $0 > 0 ? $0 : 0 }
    case .absolute: Self.forEach(&numbers, count) { $0 > 0 ? $0 : -$0 }
    case .sign: Self.forEach(&numbers, count) { $0 > 0 ? 1 : -1 }
    case .bump: Self.forEach(&numbers, count) { 1 / (1 + $0 * $0) }
    }
  }

  @inline(__always)
  private static func forEach(
    _ numbers: inout MutableSpan<Float>, _ count: Int, _ function: (Float) -> Float
  ) {
    for i in 0..<count { numbers[unchecked: i] = function(numbers[unchecked: i]) }
  }
}

/// `tanh x`, absolute error below 3·10⁻⁷.
///
/// `1 - 2 / (e²ˣ + 1)`, with `e²ˣ = 2ᵏ 2ʳ`, `k` whole and `|r| ≤ ½`. Beyond ±9 it is ±1.
@inline(__always)
package func hyperbolicTangent(_ x: Float) -> Float {
  let bounded: Float = x < -9 ? -9 : x > 9 ? 9 : x
  // 2 / ln 2.
  let scaled = bounded * Float(2.8853901)
  // Adding 1.5 · 2²³ rounds to a whole number and leaves it in the lowest bits.
  let shifted = scaled + Float(0x1.8p23)
  let rest = scaled - (shifted - Float(0x1.8p23))
  // Powers of ln 2 over factorials.
  var series = rest * Float(1.5403530e-4) + Float(1.3333558e-3)
  series = rest * series + Float(9.6181291e-3)
  series = rest * series + Float(5.5504109e-2)
  series = rest * series + Float(0.24022651)
  series = rest * series + Float(0.69314718)
  series = rest * series + 1
  let power = Float(bitPattern: (shifted.bitPattern &- 0x4B40_0000 &+ 127) &<< 23)
  return 1 - 2 / (power * series + 1)
}
