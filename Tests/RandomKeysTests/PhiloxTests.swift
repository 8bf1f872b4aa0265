import RandomKeys
import Testing

@Suite("Philox4x32-10")
struct PhiloxTests {
  struct Vector: Sendable {
    let counter: [UInt32]
    let key: [UInt32]
    let words: [UInt32]
  }

  /// The known answers for `philox4x32 10` that are published with the reference implementation:
  /// <https://github.com/DEShawResearch/random123/blob/main/tests/kat_vectors>.
  static let vectors = [
    Vector(
      counter: [0, 0, 0, 0], key: [0, 0],
      words: [0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8]),
    Vector(
      counter: [.max, .max, .max, .max], key: [.max, .max],
      words: [0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD]),
    Vector(
      counter: [0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344],
      key: [0xA409_3822, 0x299F_31D0],
      words: [0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1]),
  ]

  @Test("The published known answers come out", arguments: vectors)
  func knownAnswers(_ vector: Vector) {
    let counter = vector.counter
    let words = Philox(
      counter: (counter[0], counter[1], counter[2], counter[3]),
      key: (vector.key[0], vector.key[1])
    ).words
    #expect([words.0, words.1, words.2, words.3] == vector.words)
  }

  @Test(
    "Sixteen blocks together are those encrypted one by one",
    arguments: [0, 48, 0xFFFF_FFF8, .max - 7] as [UInt64])
  func lanes(_ first: UInt64) {
    let (cipher, stream): (UInt64, UInt64) = (0xA409_3822_299F_31D0, 0x1319_8A2E_0370_7344)
    let words = PhiloxLanes(cipher: cipher, stream: stream, first: first).words
    for lane in 0..<16 {
      let index = first &+ UInt64(lane)
      let block = Philox(
        counter: (
          UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32),
          UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32)
        ), key: (UInt32(truncatingIfNeeded: cipher), UInt32(truncatingIfNeeded: cipher >> 32)))
      #expect(
        block.words
          == (words.0[lane], words.1[lane], words.2[lane], words.3[lane]))
    }
  }
}
