/// Sixteen consecutive blocks of ``Philox``, encrypted together.
///
/// The 32-bit products of a round fill lanes of 64 bits, so blocks of even and of odd number are
/// encrypted in vectors of eight, and their words are put side by side at the end. Only operators
/// that the compiler turns into single instructions are used: a conversion between vector types is
/// not among them.
package struct PhiloxLanes: Sendable {
  private typealias Lanes = SIMD8<UInt64>
  private typealias State = (Lanes, Lanes, Lanes, Lanes)

  /// The words of the sixteen blocks, least significant first.
  package let words: (SIMD16<UInt32>, SIMD16<UInt32>, SIMD16<UInt32>, SIMD16<UInt32>)

  /// Encrypts the counters `first ..< first + 16`, whose upper half is `stream`, under `cipher`.
  @inline(__always)
  package init(cipher: UInt64, stream: UInt64, first: UInt64) {
    let even = Lanes(repeating: first) &+ Lanes(0, 2, 4, 6, 8, 10, 12, 14)
    let blocks = Self.encrypted(even, stream, cipher)
    let others = Self.encrypted(even &+ Lanes(repeating: 1), stream, cipher)
    words = (
      Self.interleaved(blocks.0, others.0), Self.interleaved(blocks.1, others.1),
      Self.interleaved(blocks.2, others.2), Self.interleaved(blocks.3, others.3)
    )
  }

  /// The products of the sixteen lower halves of lanes with `factor`, divided by 2³².
  @inline(__always)
  static func scaled(_ words: SIMD16<UInt32>, by factor: UInt32) -> SIMD16<UInt32> {
    // Both types are 64 bytes of plain integers.
    let pairs = unsafeBitCast(words, to: Lanes.self)
    let even = product(pairs, factor)
    let odd = product(pairs &>> 32, factor)
    return unsafeBitCast((even &>> 32) | (odd & ~lowerHalf), to: SIMD16<UInt32>.self)
  }

  private static var lowerHalf: Lanes { Lanes(repeating: 0xFFFF_FFFF) }

  /// The ten rounds, written out as in ``Philox``. Upper halves of the words that come out are not
  /// meaningful.
  @inline(__always)
  private static func encrypted(_ counters: Lanes, _ stream: UInt64, _ cipher: UInt64) -> State {
    var words = (
      counters, counters &>> 32, Lanes(repeating: stream & 0xFFFF_FFFF),
      Lanes(repeating: stream &>> 32)
    )
    let key = (UInt32(truncatingIfNeeded: cipher), UInt32(truncatingIfNeeded: cipher &>> 32))
    round(&words, key, 0)
    round(&words, key, 1)
    round(&words, key, 2)
    round(&words, key, 3)
    round(&words, key, 4)
    round(&words, key, 5)
    round(&words, key, 6)
    round(&words, key, 7)
    round(&words, key, 8)
    round(&words, key, 9)
    return words
  }

  @inline(__always)
  private static func round(_ words: inout State, _ key: (UInt32, UInt32), _ index: UInt32) {
    let key0 = Lanes(repeating: UInt64(key.0 &+ index &* Philox.keySteps.0))
    let key1 = Lanes(repeating: UInt64(key.1 &+ index &* Philox.keySteps.1))
    let product0 = product(words.0, Philox.factors.0)
    let product1 = product(words.2, Philox.factors.1)
    words = (
      (product1 &>> 32) ^ words.1 ^ key0, product1, (product0 &>> 32) ^ words.3 ^ key1, product0
    )
  }

  /// The full products of the lower halves of lanes.
  @inline(__always)
  private static func product(_ lanes: Lanes, _ factor: UInt32) -> Lanes {
    (lanes & lowerHalf) &* Lanes(repeating: UInt64(factor))
  }

  /// The lower halves of two vectors, taken in turn.
  @inline(__always)
  private static func interleaved(_ even: Lanes, _ odd: Lanes) -> SIMD16<UInt32> {
    // Lanes of 64 bits become pairs of 32 bits, the lower half first on every supported processor.
    unsafeBitCast((even & lowerHalf) | (odd &<< 32), to: SIMD16<UInt32>.self)
  }
}
