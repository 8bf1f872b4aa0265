// Plain multiplications and additions in a fixed order, no fused ones and no library calls: every
// build gives the same bits, and each operator is one instruction for sixteen numbers.

/// Sixteen numbers that are computed together.
typealias Floats = SIMD16<Float>
/// Sixteen words, or the bits of ``Floats``.
typealias Words = SIMD16<UInt32>

/// Twice sixteen independent standard normal numbers from as many uniform words.
///
/// `√(-2 ln u) (cos φ, sin φ)` with `u = (radius + ½) / 2³²` and `φ = 2π · angle / 2³²`.
///
/// Source: Box and Muller 1958, <https://doi.org/10.1214/aoms/1177706645>.
@inline(__always)
func boxMuller(_ radius: Words, _ angle: Words) -> (Floats, Floats) {
  let length = squareRoot(-2 * logarithmOfUniform(radius))
  let direction = cosineAndSine(angle)
  return (length * direction.0, length * direction.1)
}

/// `ln((word + ½) / 2³²)`, relative error below 2·10⁻⁷; never positive.
@inline(__always)
func logarithmOfUniform(_ word: Words) -> Floats {
  let bits = bits(floats(word) + 0.5)
  // The exponent that leaves a significand in [√½, √2), less 32 for the division. The difference of
  // the bits is signed, hence shifted so that its sign fills the upper ones.
  let difference = bits &- 0x3F35_04F3
  let exponent = unsafeBitCast(difference, to: SIMD16<Int32>.self) &>> 23
  let shifted = unsafeBitCast(exponent, to: Words.self)
  let t = floats(bits: bits &- shifted &<< 23) - 1
  // Minimax over that interval of (ln(1 + t) - t + t²/2) / t³, weighted for relative error.
  var series = t * Float(0.087004386) - Float(0.14267492)
  series = t * series + Float(0.14914769)
  series = t * series - Float(0.16577584)
  series = t * series + Float(0.19963063)
  series = t * series - Float(0.25001338)
  series = t * series + Float(0.3333391)
  let logarithm = t - t * t * (Float(0.5) - t * series)
  // Small whole numbers are the lowest bits of 1.5 · 2²³ plus them.
  let whole = floats(bits: shifted &+ (0x4B40_0000 &- 32)) - Float(0x1.8p23)
  return whole * Float(0.6931472) + logarithm
}

/// `√x` for `x ≥ 0`, relative error below 2·10⁻⁷.
///
/// Newton's iteration for `1/√x` from an estimate out of the bits of `x`, then one for `√x`. The
/// standard library's `squareRoot()` is a call into C.
@inline(__always)
func squareRoot(_ x: Floats) -> Floats {
  let half = 0.5 * x
  var inverse = floats(bits: 0x5F37_5A86 &- bits(x) &>> 1)
  inverse = inverse * (1.5 - half * inverse * inverse)
  inverse = inverse * (1.5 - half * inverse * inverse)
  let root = x * inverse
  return root + 0.5 * inverse * (x - root * root)
}

/// `(cos φ, sin φ)` with `φ = 2π · word / 2³²`, error below 2·10⁻⁷.
@inline(__always)
func cosineAndSine(_ word: Words) -> (Floats, Floats) {
  let turned = word &+ 0x2000_0000
  let quadrant = turned &>> 30
  // What is left of the angle lies in [-π/4, π/4).
  let rest = floats(turned & 0x3FFF_FFFF, minus: 0x1p29)
  let angle = rest * Float(1.4629181e-9)
  let square = angle * angle
  var sine = square * Float(-0.000195173) + Float(0.008332178)
  sine = square * sine - Float(0.16666655)
  sine = angle + angle * (square * sine)
  var cosine = square * Float(2.4438452e-05) - Float(0.0013887368)
  cosine = square * cosine + Float(0.041666646)
  cosine = 1 - square * (Float(0.5) - square * cosine)
  // In odd quadrants the two change places.
  let odd = 0 &- (quadrant & 1)
  let exchanged = (bits(sine) ^ bits(cosine)) & odd
  // The cosine is negative in quadrants 1 and 2, the sine in 2 and 3.
  let firstSign = ((quadrant &+ 1) & 2) &<< 30
  let secondSign = (quadrant & 2) &<< 30
  return (
    floats(bits: bits(cosine) ^ exchanged ^ firstSign),
    floats(bits: bits(sine) ^ exchanged ^ secondSign)
  )
}

/// The words as numbers, less `offset`, rounded once.
///
/// The halves of a word are put into the lowest bits of 2³⁹ and 2²³, which are subtracted again: of
/// the conversions that the language offers, each is a call.
///
/// - Parameter offset: a multiple of 2²³ below 2³⁹.
@inline(__always)
func floats(_ words: Words, minus offset: Float = 0) -> Floats {
  let upper = floats(bits: words &>> 16 | 0x5300_0000)
  let lower = floats(bits: words & 0xFFFF | 0x4B00_0000)
  return (upper - (0x1p39 + 0x1p23 + offset)) + lower
}

@inline(__always)
private func bits(_ floats: Floats) -> Words { unsafeBitCast(floats, to: Words.self) }

@inline(__always)
private func floats(bits: Words) -> Floats { unsafeBitCast(bits, to: Floats.self) }
