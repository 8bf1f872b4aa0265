import Foundation
import Storage
import Testing

@Suite("Reading metrics")
struct MetricsReaderTests {
  private struct Record: Codable, Equatable {
    let step: Int
    let loss: Float
  }

  private func records(in text: String, limit: Int = .max) throws -> [Record] {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/metrics.jsonl"
      try POSIXFileSystem().replace(path, with: Array(text.utf8))
      var records: [Record] = []
      try MetricsReader(path).forEach { (record: Record) in
        records.append(record)
        return records.count < limit
      }
      return records
    }
  }

  @Test("What was logged is read, over many pieces of the file")
  func roundTrip() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/metrics.jsonl"
      let log = try MetricsLog(path, keeping: 0)
      let count = 50_000
      for step in 1...count { try log.append(Record(step: step, loss: 1 / Float(step))) }
      // More than one megabyte, so that lines lie across pieces.
      #expect(log.offset > 1 << 20)
      var steps = 0
      try MetricsReader(path).forEach { (record: Record) in
        steps += 1
        #expect(record == Record(step: steps, loss: 1 / Float(steps)))
        return true
      }
      #expect(steps == count)
    }
  }

  @Test("The rest of a line that was being written is no record")
  func openLine() throws {
    let line = #"{"step":1,"loss":0.5}"# + "\n"
    #expect(try records(in: line + #"{"step":2,"lo"#) == [Record(step: 1, loss: 0.5)])
    #expect(try records(in: "").isEmpty)
  }

  @Test("Reading ends when enough is known")
  func enough() throws {
    let line = #"{"step":1,"loss":0.5}"# + "\n"
    #expect(try records(in: line + "rubbish\n", limit: 1).count == 1)
  }

  @Test(
    "What is no record is refused, with its line",
    arguments: [
      "rubbish\n", "\n", "{\"step\":1}\n", "\u{0}\u{0}\n", #"{"step":1e99,"loss":0}"# + "\n",
      String(repeating: "[", count: 60_000) + "\n", String(repeating: "x", count: 70_000),
    ])
  func refused(text: String) throws {
    let line = #"{"step":1,"loss":0.5}"# + "\n"
    let error = try #require(throws: StorageError.self) { try records(in: line + text) }
    #expect(error.exitCode == 65)
    #expect("\(error)".contains("line 2 "))
  }
}
