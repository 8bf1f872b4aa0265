internal import RealModule

/// `eˣ` to within 2 units in the last place for `−87 ≤ x ≤ 88`, and clamped beyond; vectorises
/// inside a loop.
///
/// `eˣ = 2ⁿ · eʳ` with `n = round(x / log 2)`; the rounding adds 1.5 · 2²³, whose low bits then
/// hold `n`.
@inline(__always)
func fastExponential(_ x: Float) -> Float {
  let low = x < -87 ? -87 : x
  let bounded = low > 88 ? 88 : low
  let shifted = Relaxed.multiplyAdd(bounded, 1.442_695_04, 12_582_912)
  let n = shifted - 12_582_912
  let coarse = Relaxed.multiplyAdd(n, -0.693_359_375, bounded)
  let r = Relaxed.multiplyAdd(n, 2.121_944_4e-4, coarse)
  var series = Relaxed.multiplyAdd(r, 1.987_569_2e-4, 1.398_199_9e-3)
  series = Relaxed.multiplyAdd(series, r, 8.333_452e-3)
  series = Relaxed.multiplyAdd(series, r, 4.166_579_6e-2)
  series = Relaxed.multiplyAdd(series, r, 0.166_666_65)
  series = Relaxed.multiplyAdd(series, r, 0.5)
  let result = Relaxed.multiplyAdd(series, r * r, r + 1)
  return Float(bitPattern: result.bitPattern &+ (shifted.bitPattern &<< 23))
}
