import RealModule

// The loops here see spans whose extents are checked once, and vectors of eight numbers with
// operators, or loops over lanes, that become single instructions; most methods of vectors do not.

/// A number of each of eight episodes that are worked on side by side.
typealias Lanes<Number: SIMDScalar> = SIMD8<Number>

extension SIMD8 where Scalar: BinaryFloatingPoint & AlgebraicField {
  /// A number of each lane by its index.
  @inline(__always)
  init(lanes number: (Int) -> Scalar) {
    self.init()
    for lane in 0..<8 { self[lane] = number(lane) }
  }

  /// The sum with `left · right`, rounded once where the processor can.
  @inline(__always)
  func adding(_ left: Self, times right: Self) -> Self {
    var sum = self
    for lane in 0..<8 {
      sum[lane] = Relaxed.multiplyAdd(left[lane], right[lane], sum[lane])
    }
    return sum
  }

  /// The larger of two numbers in each lane.
  @inline(__always)
  func larger(_ other: Self) -> Self {
    var larger = self
    for lane in 0..<8 { larger[lane] = larger[lane] > other[lane] ? larger[lane] : other[lane] }
    return larger
  }
}

extension SIMD8<Double> {
  /// `eˣ` for `x` in -708 … 0, relative error below 4·10⁻¹⁶.
  ///
  /// `x = k ln 2 + r` with a whole `k`; the series of `eʳ` for `|r| ≤ ln 2 / 2` ends where its terms
  /// are below rounding, and `2ᵏ` is made of its bits.
  @inline(__always)
  var exponential: Self {
    // Adding 1.5 · 2⁵² rounds to a whole number and leaves it in the lowest bits.
    let shift = 0x1.8p52
    let shifted = self * 1.4426950408889634 + shift
    let whole = shifted - shift
    let rest = (self - whole * 0.6931471803691238) - whole * 1.9082149292705877e-10
    var series = Self(repeating: 1 / 479_001_600).adding(
      rest, times: Self(repeating: 1 / 6_227_020_800))
    series = Self(repeating: 1 / 39_916_800).adding(rest, times: series)
    series = Self(repeating: 1 / 3_628_800).adding(rest, times: series)
    series = Self(repeating: 1 / 362_880).adding(rest, times: series)
    series = Self(repeating: 1 / 40_320).adding(rest, times: series)
    series = Self(repeating: 1 / 5_040).adding(rest, times: series)
    series = Self(repeating: 1 / 720).adding(rest, times: series)
    series = Self(repeating: 1 / 120).adding(rest, times: series)
    series = Self(repeating: 1 / 24).adding(rest, times: series)
    series = Self(repeating: 1 / 6).adding(rest, times: series)
    series = Self(repeating: 0.5).adding(rest, times: series)
    series = Self(repeating: 1).adding(rest, times: series)
    series = Self(repeating: 1).adding(rest, times: series)
    // Both types are 64 bytes of plain numbers.
    let exponent = unsafeBitCast(shifted, to: SIMD8<UInt64>.self) &<< 52
    let bits = unsafeBitCast(series, to: SIMD8<UInt64>.self) &+ exponent
    return unsafeBitCast(bits, to: Self.self)
  }
}

extension Array {
  /// The products with the numbers of another vector, summed in four interleaved parts.
  func dot<Number: BinaryFloatingPoint & AlgebraicField>(_ other: [Lanes<Number>]) -> Lanes<Number>
  where Element == Lanes<Number> {
    let (left, right) = (span, other.span)
    precondition(left.count == right.count, "Vectors of one length.")
    var sums = (Element(), Element(), Element(), Element())
    let whole = left.count / 4 * 4
    for i in stride(from: 0, to: whole, by: 4) {
      sums.0 = sums.0.adding(left[unchecked: i], times: right[unchecked: i])
      sums.1 = sums.1.adding(left[unchecked: i &+ 1], times: right[unchecked: i &+ 1])
      sums.2 = sums.2.adding(left[unchecked: i &+ 2], times: right[unchecked: i &+ 2])
      sums.3 = sums.3.adding(left[unchecked: i &+ 3], times: right[unchecked: i &+ 3])
    }
    for i in whole..<left.count {
      sums.0 = sums.0.adding(left[unchecked: i], times: right[unchecked: i])
    }
    return (sums.0 + sums.1) + (sums.2 + sums.3)
  }

  /// Adds `scale · other`.
  mutating func add<Number: BinaryFloatingPoint & AlgebraicField>(
    _ other: [Lanes<Number>], times scale: Lanes<Number>
  ) where Element == Lanes<Number> {
    let source = other.span
    var target = mutableSpan
    precondition(target.count == source.count, "Vectors of one length.")
    for i in 0..<source.count {
      target[unchecked: i] = target[unchecked: i].adding(scale, times: source[unchecked: i])
    }
  }

  /// Becomes `other + scale · self`.
  mutating func multiply<Number: BinaryFloatingPoint & AlgebraicField>(
    by scale: Lanes<Number>, adding other: [Lanes<Number>]
  ) where Element == Lanes<Number> {
    let source = other.span
    var target = mutableSpan
    precondition(target.count == source.count, "Vectors of one length.")
    for i in 0..<source.count {
      target[unchecked: i] = source[unchecked: i].adding(scale, times: target[unchecked: i])
    }
  }
}
