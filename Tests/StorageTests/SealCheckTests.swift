import Storage
import Testing

@Suite("Checking a seal piece by piece")
struct SealCheckTests {
  /// What a file is found to be: its digest, or why it is refused.
  private func verdicts(_ bytes: [UInt8]) throws -> (whole: String, piecewise: String) {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/c.h5"
      try POSIXFileSystem().replace(path, with: bytes)
      func verdict(_ body: () throws(StorageError) -> Seal) -> String {
        do throws(StorageError) { return try body().digest } catch { return "\(error)" }
      }
      return (
        verdict { () throws(StorageError) in try SealedFile(contentsOf: path).seal },
        verdict { () throws(StorageError) in try Seal(checking: path) }
      )
    }
  }

  @Test("finds what checking the whole finds")
  func agreement() throws {
    let bytes = try sampleCheckpoint().sealedBytes()
    var flipped = bytes
    flipped[bytes.count - 7] ^= 2
    var unsealed = bytes
    unsealed[30] ^= 1
    let samples = [
      bytes, flipped, unsealed, bytes + [0], bytes.dropLast(), Array(bytes.prefix(511)),
      Array(bytes.prefix(512)), [],
    ]
    for sample in samples {
      let (whole, piecewise) = try verdicts(sample)
      #expect(whole == piecewise)
      #expect((whole.count == 64) == (sample == bytes))
    }
  }
}
