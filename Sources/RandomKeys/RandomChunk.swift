/// The unit in which streams are drawn: sixteen blocks of four words.
///
/// Word `w` of block `b` is number `16 w + b` of the chunk. Draws take whole chunks and keep the
/// front of the last one: drawing fewer numbers gives a prefix of drawing more.
struct RandomChunk {
  static let count = 64

  /// Numbers `0 ..< 16`, `16 ..< 32`, `32 ..< 48` and `48 ..< 64`.
  let words: (Words, Words, Words, Words)

  /// Chunk `index` of the stream of `key`.
  @inline(__always)
  init(_ key: RandomKey, _ index: Int) {
    words = key.blocks(from: UInt64(truncatingIfNeeded: index) &* 16).words
  }

  /// The first half of the chunk as independent standard normal numbers, by the transform of Box and
  /// Muller: numbers `l` and `16 + l` share a radius. The largest magnitude is 6.8.
  @inline(__always)
  var firstNormals: (Floats, Floats) { boxMuller(words.0, words.1) }

  /// The second half of the chunk as independent standard normal numbers.
  @inline(__always)
  var secondNormals: (Floats, Floats) { boxMuller(words.2, words.3) }

  /// The words one after another.
  var array: InlineArray<64, UInt32> {
    var array = InlineArray<64, UInt32>(repeating: 0)
    var span = array.mutableSpan
    var bytes = span.mutableBytes
    bytes.store(words.0, first: 16, at: 0)
    bytes.store(words.1, first: 16, at: 16)
    bytes.store(words.2, first: 16, at: 32)
    bytes.store(words.3, first: 16, at: 48)
    return array
  }
}

extension MutableRawSpan {
  /// Stores the first `count` of sixteen numbers, all sixteen if `count` is larger.
  ///
  /// - Parameter offset: in numbers, not bytes.
  @inline(__always)
  mutating func store<Number: SIMDScalar & BitwiseCopyable>(
    _ numbers: SIMD16<Number>, first count: Int, at offset: Int
  ) where Number.SIMD16Storage: BitwiseCopyable {
    let size = MemoryLayout<Number>.stride
    if count >= 16 {
      storeBytes(of: numbers, toByteOffset: offset &* size, as: SIMD16<Number>.self)
    } else if count > 0 {
      for i in 0..<count {
        storeBytes(of: numbers[i], toByteOffset: (offset &+ i) &* size, as: Number.self)
      }
    }
  }
}
