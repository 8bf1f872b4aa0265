import HDF5
import Storage
import Testing

@Suite("Files sealed where they were built")
struct ImageToSealTests {
  @Test("The bytes are those that earlier builds wrote")
  func golden() throws {
    let digests = try sampleDigests()
    #expect(digests[0] == "47f4840b90b22a4e0349c73a2b13a900fe6a0c2a80572b4f0b0460980e67c3c3")
    #expect(digests[1] == "a99dfa244a8d7abdeafc9f8e9d90eae30b743fc6642d533528ed7e13d953c2c2")
    #expect(try sampleCheckpoint().sealedBytes().count == 49616)
  }

  @Test("What is written is the seal and, behind it, the image that the library hands out")
  func image() throws {
    func file() throws -> File {
      let file = try File(capacity: 100)
      let root = try file.root()
      try root.setAttribute("step", 7)
      let zeros = [Float](repeating: 0, count: 3000)
      _ = try root.createDataset("zeros", extents: [3, 1000], elements: zeros)
      return file
    }
    let expected = try file().image()
    try withTemporaryDirectory { directory in
      let path = "\(directory)/t.h5"
      let image = ImageToSeal(try file(), as: .taskSet)
      let seal = try image.write(to: path)
      let bytes = try POSIXFileSystem().read(path)
      #expect(Array(bytes.dropFirst(File.userBlockSize)) == expected)
      #expect(try SealedFile(verifying: bytes, path: path).seal == seal)
      // Again, over a seal that is there already.
      #expect(try image.write(to: path) == seal)
      #expect(try POSIXFileSystem().read(path) == bytes)
    }
  }
}
