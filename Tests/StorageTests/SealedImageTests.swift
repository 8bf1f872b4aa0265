import HDF5
import Storage
import Testing

@Suite("Files sealed where they were built")
struct SealedImageTests {
  @Test("The bytes are those that earlier builds wrote")
  func golden() throws {
    let checkpoint = try sampleCheckpoint().sealed()
    #expect(checkpoint.digest == "47f4840b90b22a4e0349c73a2b13a900fe6a0c2a80572b4f0b0460980e67c3c3")
    #expect(checkpoint.byteCount == 49616)
    let shard = try sampleTaskSet().sealed()
    #expect(shard.digest == "a99dfa244a8d7abdeafc9f8e9d90eae30b743fc6642d533528ed7e13d953c2c2")
  }

  @Test("What is lent is the seal and, behind it, the image that the library hands out")
  func image() throws {
    func file() throws -> File {
      let file = try File(capacity: 100)
      let root = try file.root()
      try root.setAttribute("step", 7)
      _ = try root.createDataset(
        "zeros", extents: [3, 1000], elements: [Float](repeating: 0, count: 3000))
      return file
    }
    let expected = try file().image()
    let image = try SealedImage(sealing: try file(), as: .taskSet)
    let bytes = try image.withBytes { Array($0) }
    #expect(Array(bytes.dropFirst(File.userBlockSize)) == expected)
    let seal = try Seal(reading: bytes, path: "t.h5")
    #expect(seal == image.seal)
    #expect(seal.imageByteCount == expected.count)
    #expect(try SealedFile(verifying: bytes, path: "t.h5").bytes == bytes)
  }
}
