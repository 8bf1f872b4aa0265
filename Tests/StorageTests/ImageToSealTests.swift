import HDF5
import Storage
import Testing

@Suite("Files sealed where they were built")
struct ImageToSealTests {
  @Test("The bytes are those that earlier builds wrote")
  func golden() throws {
    let digests = try sampleDigests()
    #expect(digests[0] == "1d306d082422613c79e0dc5c2b030e4ab3f19081d8906ff67e49081342dd6614")
    #expect(digests[1] == "71861b53f68f36492c365b6e8ad8f0e81622da9401dfca263fd83f22482c7ee2")
    let count = try sampleCheckpoint().sealedBytes().count
    #expect(count == 48688)
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
