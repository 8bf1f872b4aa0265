import Storage
import Testing

@Suite("Damaged files")
struct DamageTests {
  private let bytes: [UInt8]

  init() throws { bytes = try sampleCheckpoint().sealedBytes() }

  /// Every byte of the seal and every seventh of the image, a prime so that all alignments occur.
  @Test("A flipped bit is found wherever it is")
  func flippedBits() throws {
    var tried = 0
    for index in bytes.indices where index < 512 || index % 7 == 0 {
      var damaged = bytes
      damaged[index] ^= 1 << (index % 8)
      let error = try #require(throws: StorageError.self) {
        try SealedFile(verifying: damaged, path: "c.h5")
      }
      #expect([65, 76].contains(error.exitCode))
      tried += 1
    }
    #expect(tried > 2000)
  }

  /// Of the whole file when tortured; else of every 101st byte, so that all positions in words occur.
  @Test("Every single flipped bit is found")
  func everyBit() throws {
    var damaged = bytes
    var missed: [Int] = []
    for index in stride(from: 0, to: bytes.count, by: Torture.isOn ? 1 : 101) {
      for bit in 0..<8 {
        damaged[index] ^= 1 << bit
        if !isFound(damaged) { missed.append(8 * index + bit) }
        damaged[index] = bytes[index]
      }
    }
    #expect(missed.isEmpty)
    Torture.report("every bit of \(bytes.count) bytes flipped, \(missed.count) not found")
  }

  @Test("Structured damage is found: 20 000 ways when tortured")
  func structuredCampaign() throws {
    let stale = try sampleCheckpoint(step: 2000).sealedBytes()
    var numbers = SplitMix(seed: 5)
    let count = Torture.isOn ? 20_000 : 500
    var (tried, missed) = (0, 0)
    while tried < count {
      let kind = try #require(Damage.allCases.randomElement(using: &numbers))
      let damaged = kind.applied(to: bytes, stale: stale, using: &numbers)
      if damaged == bytes { continue }
      tried += 1
      if isFound(damaged) { continue }
      missed += 1
      Issue.record("\(kind) is not found")
    }
    Torture.report("\(tried) structured damages, \(missed) not found")
  }

  /// Whether reading ends with an error of ours, as it should.
  private func isFound(_ damaged: [UInt8]) -> Bool {
    do throws(StorageError) {
      _ = try SealedFile(verifying: damaged, path: "c.h5")
      return false
    } catch {
      return [65, 76].contains(error.exitCode)
    }
  }

  @Test("A bit flipped on the disk is damage to the reader of checkpoints")
  func flippedOnDisk() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/c.h5"
      var damaged = bytes
      damaged[bytes.count / 2] ^= 16
      try POSIXFileSystem().replace(path, with: damaged)
      let reason = "its bytes do not match the SHA-256 in its seal"
      #expect(throws: StorageError.damaged(path: path, reason: reason)) {
        try Checkpoint(contentsOf: path)
      }
    }
  }

  @Test("A file that is cut is found, at any length")
  func truncation() throws {
    for count in stride(from: 0, to: bytes.count, by: 64) {
      let error = try #require(throws: StorageError.self) {
        try SealedFile(verifying: Array(bytes.prefix(count)), path: "c.h5")
      }
      #expect(error.exitCode == 65)
    }
  }

  @Test("The message of a cut file says how much is missing")
  func truncationMessage() {
    let error = StorageError.damaged(
      path: "c.h5", reason: "100 of \(bytes.count - 512) bytes are missing at its end")
    #expect(throws: error) { try SealedFile(verifying: bytes.dropLast(100), path: "c.h5") }
  }

  @Test("Appended bytes, lost pages and swapped pages are found")
  func structuredDamage() {
    var zeroed = bytes
    for index in 4096..<8192 { zeroed[index] = 0 }
    var swapped = bytes
    for index in 0..<512 { swapped.swapAt(1024 + index, 8192 + index) }
    for damaged in [bytes + [0], bytes + bytes, zeroed, swapped] {
      #expect(throws: StorageError.self) { try SealedFile(verifying: damaged, path: "c.h5") }
    }
  }

  @Test("What is no sealed file is called so", arguments: ["", "hello", "\u{89}HDF\r\n"])
  func foreign(text: String) throws {
    let error = try #require(throws: StorageError.self) {
      try SealedFile(verifying: Array(text.utf8), path: "c.h5")
    }
    guard case .notOurs = error else {
      Issue.record("\(error)")
      return
    }
  }

  @Test("A later format is called so")
  func laterFormat() throws {
    let later = String(decoding: bytes.prefix(512), as: UTF8.self)
      .replacing("format: 1", with: "format: 2")
    let error = try #require(throws: StorageError.self) {
      try SealedFile(verifying: Array(later.utf8) + bytes.dropFirst(512), path: "c.h5")
    }
    #expect(error == .unsupportedVersion(path: "c.h5", version: 2))
    #expect(error.exitCode == 76)
    #expect(error.description.contains("format 2"))
  }

  @Test("The seal is text that can be read")
  func sealText() {
    let text = String(decoding: bytes.prefix(512), as: UTF8.self)
    #expect(text.hasPrefix("Manabi sealed file\nformat: 1\nkind: checkpoint\nimage-bytes: "))
    #expect(text.hasSuffix(" \n"))
  }
}
