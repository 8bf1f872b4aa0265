import Foundation
import HDF5
import Storage
import Testing

/// A report with every kind of axis and element, and numbers that are easily lost.
func sampleReport(title: String = "Errors of <all> learners") -> Report {
  let learners = ReportAxis(
    "learner", .labels(["model", "", "k-näher 学ぶ"]), meaning: "who predicts")
  let lengths = ReportAxis(
    "context_length", .counts([0, 1, 1 << 40, -3]), unit: "examples", meaning: "examples before")
  let factors = ReportAxis("factor", .numbers([0.1, -0.0]), meaning: "of all inputs")
  return Report(
    title: title,
    facts: [
      ReportFact("experiment", "seed: 7\nname: 学ぶ\n"), ReportFact("seed", "12"),
      ReportFact("empty", ""), ReportFact("long", String(repeating: "x", count: 100_000)),
    ],
    arrays: [
      ReportArray(
        "mean", axes: [learners, lengths],
        [1, 0.1, .nan, -0.0, .infinity, .leastNonzeroMagnitude, 7, 8, 9, 10, 11, 12], unit: "m2",
        meaning: "squared error"),
      ReportArray(
        "weights", axes: [factors, learners],
        .float32([1, .nan, Float(bitPattern: 0x7fc0_1234), 0.1, 5, 6]), meaning: "of \"each\""),
      ReportArray("single", axes: [], [0.3], meaning: "one number"),
    ], software: "Manabi 0.1.0")
}

@Suite("Report files")
struct ReportTests {
  @Test("A report comes back to the last bit")
  func roundTrip() throws {
    try withTemporaryDirectory { directory in
      let report = sampleReport()
      try report.write(to: "\(directory)/r.h5")
      let read = try Report(contentsOf: "\(directory)/r.h5")
      #expect(read.title == report.title && read.software == report.software)
      #expect(read.facts == report.facts)
      #expect(read.arrays.map(\.name) == ["mean", "weights", "single"])
      for (before, after) in zip(report.arrays, read.arrays) {
        #expect(before.axes == after.axes)
        #expect(before.unit == after.unit && before.meaning == after.meaning)
        #expect(Self.bits(before) == Self.bits(after))
      }
      // Equality does not tell -0 from 0.
      guard case .numbers(let factors) = read.arrays[1].axes[0].coordinates else {
        Issue.record("The factors are numbers.")
        return
      }
      #expect(factors.map(\.bitPattern) == [0.1, -0.0].map(\.bitPattern))
    }
  }

  private static func bits(_ array: ReportArray) -> [UInt64] {
    switch array.elements {
    case .float32(let elements): elements.map { UInt64($0.bitPattern) }
    case .float64(let elements): elements.map(\.bitPattern)
    }
  }

  @Test("A report without arrays and facts comes back")
  func empty() throws {
    try withTemporaryDirectory { directory in
      let report = Report(title: "", facts: [], arrays: [], software: "")
      try report.write(to: "\(directory)/r.h5")
      #expect(try Report(contentsOf: "\(directory)/r.h5") == report)
    }
  }

  @Test("The bytes depend on the content alone")
  func sameBytes() throws {
    try withTemporaryDirectory { directory in
      let bytes = try ["Errors", "Errors", "Error"].map { title in
        try sampleReport(title: title).write(to: "\(directory)/r.h5")
        return try POSIXFileSystem().read("\(directory)/r.h5")
      }
      #expect(bytes[0] == bytes[1])
      #expect(bytes[0] != bytes[2])
    }
  }

  @Test("A flipped bit anywhere, or a missing end, is damage")
  func damage() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/r.h5"
      try sampleReport().write(to: path)
      let bytes = try POSIXFileSystem().read(path)
      // A prime, so that all positions in words occur.
      for index in stride(from: 512, to: bytes.count, by: 4099) {
        var damaged = bytes
        damaged[index] ^= 1 << (index % 8)
        try POSIXFileSystem().replace(path, with: damaged)
        let reason = "its bytes do not match the SHA-256 in its seal"
        #expect(throws: StorageError.damaged(path: path, reason: reason)) {
          try Report(contentsOf: path)
        }
      }
      try POSIXFileSystem().replace(path, with: bytes.dropLast(9))
      #expect(throws: StorageError.self) { try Report(contentsOf: path) }
    }
  }

  @Test("A checkpoint is no report, and a report no checkpoint")
  func otherKind() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/f.h5"
      try sampleCheckpoint().write(to: path)
      #expect(
        throws: StorageError.notOurs(path: path, reason: "it is a checkpoint, not a report")
      ) { try Report(contentsOf: path) }
      try sampleReport().write(to: path)
      #expect(
        throws: StorageError.notOurs(path: path, reason: "it is a report, not a checkpoint")
      ) { try Checkpoint(contentsOf: path) }
    }
  }

  /// A sealed file of an array `mean` on an axis `learner` that says what it should not.
  @Test(
    "A sealed file that contradicts itself is refused, not believed",
    arguments: [
      ("mean", "learner", 3, ""), ("mean\nmean", "learner", 2, ""), ("mean", "", 2, ""),
      ("mean", "learner,learner", 2, ""), ("mean", "mean", 2, ""), ("me an", "learner", 2, ""),
      ("other", "learner", 2, ""), ("mean", "learner", 2, "title"), ("mean", "nobody", 2, ""),
      ("learner", "learner", 2, ""),
    ])
  func contradictions(arrays: String, axes: String, count: Int, facts: String) throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/r.h5"
      try Self.write(to: path, arrays: arrays, axes: axes, count: count, facts: facts)
      let error = try #require(throws: StorageError.self) { try Report(contentsOf: path) }
      #expect(error.exitCode == 65)
    }
  }

  @Test("The file of the test above is read if it does not contradict itself")
  func agreement() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/r.h5"
      try Self.write(to: path, arrays: "mean", axes: "learner", count: 2, facts: "")
      #expect(try Report(contentsOf: path).arrays[0].axes[0].count == 2)
    }
  }

  private static func write(
    to path: String, arrays: String, axes: String, count: Int, facts: String
  ) throws {
    let file = try File()
    let root = try file.root()
    for (name, text) in ["title": "t", "software": "s", "arrays": arrays, "facts": facts] {
      try root.setAttribute(name, text)
    }
    var scales = DimensionScales()
    let learners = try root.createTexts("learner", ["a", "b"])
    try learners.setAttribute("units", "1")
    try learners.setAttribute("long_name", "who")
    try scales.declare("learner", coordinates: learners)
    let mean = try root.createDataset(
      "mean", extents: [count], elements: [Double](repeating: 1, count: count))
    for (name, text) in ["dims": axes, "units": "1", "long_name": "what"] {
      try mean.setAttribute(name, text)
    }
    try ImageToSeal(file, as: .report).write(to: path)
  }

  @Test("A report is summarised")
  func summary() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/r.h5"
      try sampleReport().write(to: path)
      let summary = try FileSummary(contentsOf: path)
      #expect(summary.kind == .report)
      #expect(summary.title == "Errors of <all> learners")
      #expect(summary.seed == nil, "A fact of that name is text.")
      #expect(summary.facts?.map(\.name) == ["experiment", "seed", "empty", "long"])
      #expect(summary.arrays.map(\.path) == ["/mean", "/single", "/weights"])
      let text = summary.description
      #expect(text.contains("  title     Errors of <all> learners\n"))
      #expect(text.contains("/mean  float64 [learner 3, context_length 4]"))
      #expect(text.contains("  experiment\n    seed: 7\n    name: 学ぶ\n"))
      let data = try JSONEncoder().encode(summary)
      #expect(try JSONDecoder().decode(FileSummary.self, from: data) == summary)
    }
  }
}
