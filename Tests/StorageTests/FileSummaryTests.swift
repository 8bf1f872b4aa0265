import Episodes
import Foundation
import Storage
import Testing

@Suite("Summaries of files")
struct FileSummaryTests {
  @Test("A checkpoint is summarised")
  func checkpoint() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/c.h5"
      try sampleCheckpoint().write(to: path)
      let summary = try FileSummary(contentsOf: path)
      #expect(summary.kind == .checkpoint)
      #expect(summary.step == 1000)
      #expect(summary.experiment == "seed: 7\nname: 学ぶ\n")
      #expect(summary.parameterCount == 12 + 8 + 8 + 4 + 1)
      #expect(summary.arrays.count == 15)
      let query = try #require(
        summary.arrays.first { $0.path == "/parameters/blocks/0/query/weight" })
      #expect(query.dimensions == ["input", "output"])
      #expect(query.shape == [4, 2])
      #expect(query.type == "float32")
      #expect(summary.sha256 == (try SealedFile(contentsOf: path).digest))
      let text = summary.description
      #expect(text.hasPrefix("\(path): a checkpoint\n"))
      #expect(text.contains("/parameters/blocks/0/query/weight  float32 [input 4, output 2]"))
      #expect(text.contains("step      1000"))
      #expect(text.hasSuffix("    seed: 7\n    name: 学ぶ"))
    }
  }

  @Test("A task set is summarised")
  func taskSet() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/t.h5"
      try sampleTaskSet(target: .classes(3)).write(to: path)
      let summary = try FileSummary(contentsOf: path)
      #expect(summary.kind == .taskSet)
      #expect(summary.classes == 3)
      #expect(summary.step == nil)
      #expect(summary.family == "kind: linearRegression\ndimension: 2\n")
      #expect(summary.arrays.map(\.path) == ["/inputs", "/latents", "/targets"])
      #expect(summary.arrays.map(\.type) == ["float32", "float32", "int32"])
      #expect(summary.arrays[0].dimensions == ["episode", "example", "feature"])
      let data = try JSONEncoder().encode(summary)
      #expect(try JSONDecoder().decode(FileSummary.self, from: data) == summary)
    }
  }

  @Test("A seal that names another set than the file is found")
  func otherSet() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/t.h5"
      try sampleTaskSet(target: .real).write(to: path)
      var bytes = try POSIXFileSystem().read(path)
      let seal = String(decoding: bytes.prefix(512), as: UTF8.self)
      let digit = try #require(seal.range(of: "series: ")?.upperBound)
      let place = seal.utf8.distance(from: seal.startIndex, to: digit)
      bytes[place] = bytes[place] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
      try POSIXFileSystem().replace(path, with: bytes)
      let reason = "its seal and its attributes name different sets"
      #expect(throws: StorageError.notOurs(path: path, reason: reason)) {
        try FileSummary(contentsOf: path)
      }
    }
  }
}
