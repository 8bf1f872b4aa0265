import HDF5
import Testing

@Suite("Files in memory")
struct ImageTests {
  @Test("Everything written comes back to the last bit")
  func roundTrip() throws {
    let file = try File(image: try sampleImage())
    let root = try file.root()
    #expect(try root.text("software") == "Manabi ünïcode")
    #expect(try root.text("empty") == "")
    #expect(try root.text("long").utf8.count == 100_000)
    #expect(try root.integer("step") == -7)
    #expect(try root.unsignedInteger("seed") == .max)
    #expect(
      try root.memberNames()
        == ["example", "feature", "named", "numbers", "single", "word"])

    let single = try root.dataset("single")
    #expect(try single.extents() == [2, 3])
    #expect(
      try single.elements(of: Float.self).map(\.bitPattern)
        == [1, .infinity, -0.0, Float(bitPattern: 0x7fc0_1234), 5, 6].map(\.bitPattern))

    let numbers = try root.group("numbers")
    #expect(numbers.path == "/numbers")
    #expect(try numbers.dataset("double").elements(of: Double.self) == [0.1, -0.2, 3e300])
    #expect(try numbers.dataset("short").elements(of: Int32.self) == [.min, .max])
    #expect(try numbers.dataset("short").text("unit") == "m")
    #expect(try numbers.dataset("long").elements(of: Int64.self) == [.min, .max])
    #expect(try numbers.dataset("bytes").elements(of: UInt8.self) == [0, 128, 255])
    #expect(try numbers.dataset("scalar").elements(of: Float.self) == [4])
    #expect(try numbers.dataset("scalar").extents() == [])
    #expect(try numbers.dataset("nothing").elements(of: Float.self) == [])
    #expect(try numbers.dataset("nothing").extents() == [0, 4])
    #expect(try root.dataset("word").texts() == ["eins", "", "學ぶ"])
    #expect(throws: HDF5Error.self) { try root.dataset("named").texts() }
  }

  @Test("Datasets, scales, groups and attributes can be told apart")
  func kinds() throws {
    let file = try File(image: try sampleImage())
    let root = try file.root()
    #expect(try root.isDataset("single"))
    #expect(try !root.isDataset("numbers"))
    #expect(try root.dataset("feature").isDimensionScale())
    #expect(try root.dataset("word").isDimensionScale())
    #expect(try root.dataset("word").holdsTexts())
    #expect(try !root.dataset("named").holdsTexts())
    #expect(try !root.dataset("single").isDimensionScale())
    #expect(try root.dataset("single").elementType() == .float32)
    #expect(try root.contains("single"))
    #expect(try !root.contains("double"))
    #expect(try root.hasAttribute("step"))
    #expect(try !root.hasAttribute("stop"))
  }

  @Test("An image begins with the HDF5 signature and knows the user block in front of it")
  func signature() throws {
    let image = try sampleImage()
    #expect(Array(image.prefix(8)) == [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a])
    // The base address of a superblock of version 0 stands at byte 24.
    #expect(Array(image[24..<32]) == [0, 2, 0, 0, 0, 0, 0, 0])
    #expect(File.userBlockSize == 512)
  }

  @Test("A file opens with its user block, whatever stands in it")
  func userBlock() throws {
    let block = [UInt8](repeating: UInt8(ascii: "x"), count: File.userBlockSize)
    #expect(try File(image: block + (try sampleImage())).root().integer("step") == -7)
  }

  @Test("The same content gives the same bytes, whatever fresh memory holds")
  func sameBytes() throws {
    let first = try sampleImage()
    for round in 1...20 {
      // Bytes that the library wrote without having set them would show this litter.
      var litter = (0..<200).map { size in
        [UInt8](repeating: UInt8(truncatingIfNeeded: round * 37), count: size * 8 + 8)
      }
      litter.removeAll()
      #expect(try sampleImage() == first)
    }
  }

  @Test("Another process makes the same bytes")
  func otherProcess() async throws {
    let result = try await #require(
      processExitsWith: .success, observing: [\.standardOutputContent]
    ) {
      print("checksum \(checksum(try sampleImage()))")
    }
    let output = String(decoding: result.standardOutputContent, as: UTF8.self)
    #expect(output.contains("checksum \(checksum(try sampleImage()))"))
  }

  @Test("Many tasks may use the library at once")
  func concurrency() async throws {
    let expected = try sampleImage()
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask { try (0..<5).allSatisfy { _ in try sampleImage() == expected } }
      }
      for try await same in group { #expect(same) }
    }
  }
}

/// FNV-1a of 64 bits.
private func checksum(_ bytes: [UInt8]) -> UInt64 {
  bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
}
