/// A name for a stream of random numbers.
///
/// Draws are pure functions of the key: the same key gives the same bytes, in any order, on any
/// thread, in any build. Use a key for one draw; what needs several draws folds an index into the
/// key for each.
///
/// The 128 bits of a key are the key and the upper half of the counter of ``Philox``; the lower
/// half counts blocks within a draw.
package struct RandomKey: Hashable, Sendable {
  /// The 64-bit key of the generator.
  private let cipher: UInt64
  /// The upper half of the 128-bit counter.
  private let stream: UInt64

  /// The root of all streams of a seed.
  package init(seed: UInt64) {
    cipher = seed
    stream = 0
  }

  /// Restores a key from its ``words``; nil unless there are two.
  package init?(words: [UInt64]) {
    guard words.count == 2 else { return nil }
    cipher = words[0]
    stream = words[1]
  }

  /// The key as two words, for files.
  package var words: [UInt64] { [cipher, stream] }

  /// A key of its own for each `index`.
  ///
  /// The parent's draws and its other children are unrelated to it: folding encrypts under the
  /// complement of the parent's key, draws under the key itself.
  package func folded(with index: UInt64) -> RandomKey {
    let block = Self.block(cipher: ~cipher, stream: stream, index: index).words
    return RandomKey(
      cipher: UInt64(block.1) &<< 32 | UInt64(block.0),
      stream: UInt64(block.3) &<< 32 | UInt64(block.2))
  }

  /// A key of its own for each `index`; negative numbers are their bit patterns.
  package func folded(with index: Int) -> RandomKey {
    folded(with: UInt64(bitPattern: Int64(index)))
  }

  private init(cipher: UInt64, stream: UInt64) {
    self.cipher = cipher
    self.stream = stream
  }

  /// The four random words of block `index` of the stream.
  @inline(__always)
  func block(_ index: UInt64) -> Philox {
    Self.block(cipher: cipher, stream: stream, index: index)
  }

  /// The sixteen blocks from `first` on.
  @inline(__always)
  func blocks(from first: UInt64) -> PhiloxLanes {
    PhiloxLanes(cipher: cipher, stream: stream, first: first)
  }

  @inline(__always)
  private static func block(cipher: UInt64, stream: UInt64, index: UInt64) -> Philox {
    Philox(
      counter: (
        UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index &>> 32),
        UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream &>> 32)
      ),
      key: (UInt32(truncatingIfNeeded: cipher), UInt32(truncatingIfNeeded: cipher &>> 32)))
  }
}
