// Plain additions and multiplications in a fixed order, no fused ones and no library calls: the
// same bits on every machine. Loops over them become vector instructions.

extension Double {
  /// The sine and the cosine of this angle in radians, error below 10⁻¹¹ for magnitudes up to 10⁶.
  ///
  /// `x = k π/2 + r` with a whole `k` and `|r| ≤ π/4`; the series of `r` end where their terms are
  /// below the error.
  @inline(__always)
  package var portableSineAndCosine: (sine: Double, cosine: Double) {
    // Adding 1.5 · 2⁵² rounds to a whole number and leaves it in the lowest bits.
    let shift = 0x1.8p52
    let shifted = self * 0x1.45F306DC9C883p-1 + shift
    let whole = shifted - shift
    // The first part of π/2 has 33 bits, so its product with `k` is exact.
    let rest = (self - whole * 0x1.921FB544p0) - whole * 0x1.0B4611A626331p-34
    let square = rest * rest
    var sine = square * (-1 / 39_916_800) + (1 / 362_880)
    sine = square * sine - (1 / 5_040)
    sine = square * sine + (1 / 120)
    sine = square * sine - (1 / 6)
    sine = rest + rest * (square * sine)
    var cosine = square * (1 / 479_001_600) - (1 / 3_628_800)
    cosine = square * cosine + (1 / 40_320)
    cosine = square * cosine - (1 / 720)
    cosine = square * cosine + (1 / 24)
    cosine = 1 - square * (0.5 - square * cosine)
    // In odd quadrants the two change places; signs follow from the lowest two bits of `k`.
    let quadrant = shifted.bitPattern
    let odd = 0 &- (quadrant & 1)
    let exchanged = (sine.bitPattern ^ cosine.bitPattern) & odd
    let sineSign = (quadrant & 2) &<< 62
    let cosineSign = ((quadrant &+ 1) & 2) &<< 62
    return (
      Double(bitPattern: sine.bitPattern ^ exchanged ^ sineSign),
      Double(bitPattern: cosine.bitPattern ^ exchanged ^ cosineSign)
    )
  }
}
