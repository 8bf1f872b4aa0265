// Plain multiplications and additions in a fixed order, no fused ones and no library calls: every
// build gives the same bits, and LLVM vectorises the loops that call these functions.

/// Two independent standard normal numbers from two uniform words.
///
/// `√(-2 ln u) (cos φ, sin φ)` with `u = (radius + ½) / 2³²` and `φ = 2π · angle / 2³²`.
///
/// Source: Box and Muller 1958, <https://doi.org/10.1214/aoms/1177706645>.
@inline(__always)
func boxMuller(_ radius: UInt32, _ angle: UInt32) -> (Float, Float) {
  let length = squareRoot(-2 * logarithmOfUniform(radius))
  let direction = cosineAndSine(angle)
  return (length * direction.0, length * direction.1)
}

/// `ln((word + ½) / 2³²)`, relative error below 2·10⁻⁷; never positive.
@inline(__always)
func logarithmOfUniform(_ word: UInt32) -> Float {
  let bits = Int32(bitPattern: (Float(word) + 0.5).bitPattern)
  // The exponent that leaves a significand in [√½, √2), less 32 for the division.
  let exponent = (bits &- 0x3F35_04F3) &>> 23
  let t = Float(bitPattern: UInt32(bitPattern: bits &- exponent &<< 23)) - 1
  // Minimax over that interval of (ln(1 + t) - t + t²/2) / t³, weighted for relative error.
  var series = t * Float(0.087004386) - Float(0.14267492)
  series = t * series + Float(0.14914769)
  series = t * series - Float(0.16577584)
  series = t * series + Float(0.19963063)
  series = t * series - Float(0.25001338)
  series = t * series + Float(0.3333391)
  let logarithm = t - t * t * (Float(0.5) - t * series)
  return Float(exponent &- 32) * Float(0.6931472) + logarithm
}

/// `√x` for `x ≥ 0`, relative error below 2·10⁻⁷.
///
/// Newton's iteration for `1/√x` from an estimate out of the bits of `x`, then one for `√x`. The
/// standard library's `squareRoot()` is a call into C, which keeps loops from being vectorised.
@inline(__always)
func squareRoot(_ x: Float) -> Float {
  let half = 0.5 * x
  var inverse = Float(bitPattern: 0x5F37_5A86 &- x.bitPattern &>> 1)
  inverse = inverse * (1.5 - half * inverse * inverse)
  inverse = inverse * (1.5 - half * inverse * inverse)
  let root = x * inverse
  return root + 0.5 * inverse * (x - root * root)
}

/// `(cos φ, sin φ)` with `φ = 2π · word / 2³²`, error below 2·10⁻⁷.
@inline(__always)
func cosineAndSine(_ word: UInt32) -> (Float, Float) {
  let quadrant = (word &+ 0x2000_0000) &>> 30
  // What is left lies in [-π/4, π/4).
  let rest = Int32(bitPattern: word &- quadrant &<< 30)
  let angle = Float(rest) * Float(1.4629181e-9)
  let square = angle * angle
  var sine = square * Float(-0.000195173) + Float(0.008332178)
  sine = square * sine - Float(0.16666655)
  sine = angle + angle * (square * sine)
  var cosine = square * Float(2.4438452e-05) - Float(0.0013887368)
  cosine = square * cosine + Float(0.041666646)
  cosine = 1 - square * (Float(0.5) - square * cosine)
  let odd = quadrant & 1 != 0
  let first = odd ? sine : cosine
  let second = odd ? cosine : sine
  // The cosine is negative in quadrants 1 and 2, the sine in 2 and 3.
  let firstSign = ((quadrant &+ 1) & 2) &<< 30
  let secondSign = (quadrant & 2) &<< 30
  return (
    Float(bitPattern: first.bitPattern ^ firstSign),
    Float(bitPattern: second.bitPattern ^ secondSign)
  )
}
