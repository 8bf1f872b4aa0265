// Plain additions and multiplications in a fixed order, no fused ones and no library calls: the
// same bits on every machine, and each operator is one instruction for sixteen numbers.

extension SIMD16<Float> {
  /// `e⁻ˣ` of sixteen numbers that are not negative, error below 2·10⁻⁷; beyond 86 as at 86.
  ///
  /// `-x = (k + r) ln 2` with a whole `k` and `|r| ≤ ½`; `2ᵏ` is made of its bits.
  @inline(__always)
  package static func portableDecay(_ x: Self) -> Self {
    // Of numbers that are not negative the smaller has the smaller bits, and a difference of bits is
    // negative where a number is below the bound.
    let bound = Float(86).bitPattern
    let excess = unsafeBitCast(x, to: SIMD16<UInt32>.self) &- bound
    let below = 0 &- (excess &>> 31)
    let bounded = unsafeBitCast((excess & below) &+ bound, to: Self.self)
    // -1 / ln 2.
    let scaled = bounded * Float(-1.442695)
    // Adding 1.5 · 2²³ rounds to a whole number and leaves it in the lowest bits.
    let shifted = scaled + Float(0x1.8p23)
    let rest = scaled - (shifted - Float(0x1.8p23))
    // Powers of ln 2 over factorials.
    var series = rest * Float(1.5252734e-5) + Float(1.5403530e-4)
    series = rest * series + Float(1.3333558e-3)
    series = rest * series + Float(9.6181291e-3)
    series = rest * series + Float(5.5504109e-2)
    series = rest * series + Float(0.24022651)
    series = rest * series + Float(0.69314718)
    series = rest * series + 1
    let power = (unsafeBitCast(shifted, to: SIMD16<UInt32>.self) &- (0x4B40_0000 &- 127)) &<< 23
    return unsafeBitCast(power, to: Self.self) * series
  }

  /// The numbers from lane `first` on, and zeros in place of those before it.
  ///
  /// - Parameter first: up to 16.
  @inline(__always)
  func from(lane first: Int) -> Self {
    let lanes = SIMD16<UInt32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    // Negative where a lane comes before the first: a sign bit becomes a mask of zeros.
    let distance = lanes &- UInt32(truncatingIfNeeded: first)
    let kept = (distance &>> 31) &- 1
    return unsafeBitCast(unsafeBitCast(self, to: SIMD16<UInt32>.self) & kept, to: Self.self)
  }
}
