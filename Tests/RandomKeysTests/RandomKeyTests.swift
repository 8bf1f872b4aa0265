import RandomKeys
import Testing

@Suite("Keys and their draws")
struct RandomKeyTests {
  let key = RandomKey(seed: 7)

  @Test("Shorter draws are prefixes of longer ones", arguments: [0, 1, 16, 63, 64, 65, 128, 999])
  func prefixes(_ count: Int) {
    #expect(key.normals(count) == Array(key.normals(1000).prefix(count)))
    #expect(key.uniforms(count) == Array(key.uniforms(1000).prefix(count)))
    #expect(key.exponentials(count) == Array(key.exponentials(1000).prefix(count)))
    #expect(key.integers(count, below: 9) == Array(key.integers(1000, below: 9).prefix(count)))
  }

  @Test("The same key gives the same bytes in every build")
  func frozenBytes() {
    let bits: (Float) -> UInt32 = { $0.bitPattern }
    let normals: [UInt32] = [0x3998_DD85, 0x3EC0_B7F5, 0x404C_2EB5, 0xBA91_281B]
    let uniforms: [UInt32] = [0x3F74_607A, 0x3ED0_5D1C, 0x3BC7_1180, 0x3EC7_C82C]
    #expect(key.normals(100).prefix(4).map(bits) == normals)
    #expect(key.uniforms(100).prefix(4).map(bits) == uniforms)
    let hash = key.normals(100_000).reduce(into: UInt64(0)) { hash, number in
      hash = hash &* 31 &+ UInt64(number.bitPattern)
    }
    #expect(hash == 14_817_070_290_154_137_587)
    let exponentials = key.exponentials(100_000).reduce(into: UInt64(0)) { hash, number in
      hash = hash &* 31 &+ UInt64(number.bitPattern)
    }
    #expect(exponentials == 733_331_768_049_446_795)
    #expect(key.folded(with: 3).words == [16_582_818_992_106_896_885, 16_451_059_178_723_475_712])
    #expect(key.permutation(10) == [9, 4, 2, 5, 3, 6, 0, 7, 8, 1])
  }

  @Test("Keys survive their words, and only pairs of words are keys")
  func words() {
    let child = key.folded(with: 5)
    #expect(RandomKey(words: child.words) == child)
    #expect(RandomKey(words: [1]) == nil)
  }

  @Test("Children differ from each other, from the parent and between seeds")
  func folding() {
    var keys = Set((0..<1000).map { key.folded(with: $0) })
    keys.insert(key)
    keys.formUnion((0..<1000).map { RandomKey(seed: 8).folded(with: $0) })
    keys.formUnion((0..<1000).map { key.folded(with: 1).folded(with: $0) })
    #expect(keys.count == 3001)
    #expect(key.folded(with: 3) == key.folded(with: UInt64(3)))
  }

  @Test("Streams of neighbouring keys are uncorrelated")
  func independence() {
    let count = 100_000
    let first = key.folded(with: 0).normals(count)
    let second = key.folded(with: 1).normals(count)
    let covariance = zip(first, second).reduce(0.0) { $0 + Double($1.0 * $1.1) } / Double(count)
    // The standard error is 1/√100000 = 0.0032; four of them.
    #expect(abs(covariance) < 0.0127)
    // Neighbours in one stream, and the two halves of a Box-Muller pair.
    for lag in [1, 16] {
      let products = (0..<count - lag).reduce(0.0) { $0 + Double(first[$1] * first[$1 + lag]) }
      #expect(abs(products / Double(count)) < 0.0127)
    }
  }
}
