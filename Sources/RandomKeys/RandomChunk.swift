/// The unit in which streams are drawn: sixteen blocks of four words.
///
/// Word `w` of block `b` is number `16 w + b` of the chunk, so that loops run over sixteen lanes.
/// Draws take whole chunks and keep the front of the last one: drawing fewer numbers gives a prefix
/// of drawing more.
///
/// The loops go through spans: a subscript of `InlineArray` copies the array, which keeps them from
/// being vectorised. Their indices are constants below 64, hence unchecked.
enum RandomChunk {
  static let count = 64

  /// Chunk `index` of the stream of `key`.
  @inline(__always)
  static func words(_ key: RandomKey, _ index: Int) -> InlineArray<64, UInt32> {
    var words = InlineArray<64, UInt32>(repeating: 0)
    var target = words.mutableSpan
    let first = UInt64(truncatingIfNeeded: index) &* 16
    for lane in 0..<16 {
      let block = key.block(first &+ UInt64(truncatingIfNeeded: lane)).words
      target[unchecked: lane] = block.0
      target[unchecked: 16 &+ lane] = block.1
      target[unchecked: 32 &+ lane] = block.2
      target[unchecked: 48 &+ lane] = block.3
    }
    return words
  }

  /// Chunk `index` as uniform numbers in `[0, 1)`, multiples of 2⁻²⁴.
  @inline(__always)
  static func uniforms(_ key: RandomKey, _ index: Int) -> InlineArray<64, Float> {
    let words = words(key, index)
    let source = words.span
    var uniforms = InlineArray<64, Float>(repeating: 0)
    var target = uniforms.mutableSpan
    for i in 0..<64 { target[unchecked: i] = Float(source[unchecked: i] &>> 8) * 0x1p-24 }
    return uniforms
  }

  /// Chunk `index` as independent standard normal numbers, by the transform of Box and Muller.
  ///
  /// Numbers `l` and `16 + l`, `32 + l` and `48 + l` share a radius. The largest magnitude is 6.8.
  @inline(__always)
  static func normals(_ key: RandomKey, _ index: Int) -> InlineArray<64, Float> {
    let words = words(key, index)
    let source = words.span
    var normals = InlineArray<64, Float>(repeating: 0)
    var target = normals.mutableSpan
    for lane in 0..<16 {
      let pair = boxMuller(source[unchecked: lane], source[unchecked: 16 &+ lane])
      target[unchecked: lane] = pair.0
      target[unchecked: 16 &+ lane] = pair.1
    }
    for lane in 32..<48 {
      let pair = boxMuller(source[unchecked: lane], source[unchecked: 16 &+ lane])
      target[unchecked: lane] = pair.0
      target[unchecked: 16 &+ lane] = pair.1
    }
    return normals
  }
}
