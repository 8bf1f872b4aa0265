/// The counter-based generator Philox4x32 with ten rounds.
///
/// A bijection of 128-bit counters, chosen by a 64-bit key: no state, so any block of any stream
/// can be computed alone.
///
/// Source: Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3", section 3.3,
/// <https://doi.org/10.1145/2063384.2063405>.
package struct Philox: Equatable, Sendable {
  /// What the halves of a block are multiplied with in each round.
  static let factors: (UInt32, UInt32) = (0xD251_1F53, 0xCD9E_8D57)
  /// What the key grows by from round to round.
  static let keySteps: (UInt32, UInt32) = (0x9E37_79B9, 0xBB67_AE85)

  /// A counter before the rounds, four random words after them.
  package var words: (UInt32, UInt32, UInt32, UInt32)

  /// Encrypts `counter`, least significant word first, under `key`.
  @inline(__always)
  package init(
    counter: (UInt32, UInt32, UInt32, UInt32), key: (UInt32, UInt32)
  ) {
    words = counter
    round(key, 0)
    round(key, 1)
    round(key, 2)
    round(key, 3)
    round(key, 4)
    round(key, 5)
    round(key, 6)
    round(key, 7)
    round(key, 8)
    round(key, 9)
  }

  @inline(__always)
  private mutating func round(_ key: (UInt32, UInt32), _ index: UInt32) {
    let key0 = key.0 &+ index &* Self.keySteps.0
    let key1 = key.1 &+ index &* Self.keySteps.1
    let product0 = UInt64(words.0) &* UInt64(Self.factors.0)
    let product1 = UInt64(words.2) &* UInt64(Self.factors.1)
    words = (
      UInt32(truncatingIfNeeded: product1 &>> 32) ^ words.1 ^ key0,
      UInt32(truncatingIfNeeded: product1),
      UInt32(truncatingIfNeeded: product0 &>> 32) ^ words.3 ^ key1,
      UInt32(truncatingIfNeeded: product0)
    )
  }

  package static func == (left: Philox, right: Philox) -> Bool { left.words == right.words }
}
