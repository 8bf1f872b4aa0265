import Storage
import Testing

@Suite("Seals")
struct SealTests {
  private static let digest = String(repeating: "0a", count: 32)

  private static func block(
    bytes: String = "100", digest: String = digest, part: String? = nil, series: String = digest
  ) -> [UInt8] {
    var text = "Manabi sealed file\nformat: 1\nkind: task-set\nimage-bytes: \(bytes)\n"
    text += "image-sha256: \(digest)\n"
    if let part { text += "part: \(part)\nseries: \(series)\n" }
    return text.utf8 + [UInt8](repeating: 32, count: 511 - text.utf8.count) + [10]
  }

  @Test("A seal is read as it was written", arguments: ["0 of 1", "159 of 160"])
  func reading(part: String) throws {
    let seal = try Seal(reading: Self.block(part: part), path: "s.h5")
    #expect(seal.imageByteCount == 100 && seal.digest == Self.digest)
    #expect(seal.part.map { "\($0.index) of \($0.count)" } == part)
    #expect(try Seal(reading: Self.block(bytes: "0"), path: "s.h5").imageByteCount == 0)
  }

  @Test(
    "A seal that nobody wrote is damage, though its text is well formed",
    arguments: [
      block(bytes: "-1"), block(bytes: "\(Int.max)"), block(bytes: "0100"),
      block(digest: "?" + digest.dropFirst()), block(digest: String(digest.dropFirst())),
      block(part: "0 of -1"), block(part: "-1 of 2"), block(part: "2 of 2"), block(part: "0 of 0"),
      block(part: "0 of 1", series: "\u{1B}[2J"),
    ])
  func impossible(block: [UInt8]) {
    #expect(throws: StorageError.damaged(path: "s.h5", reason: "its seal cannot be read")) {
      try Seal(reading: block, path: "s.h5")
    }
  }
}
