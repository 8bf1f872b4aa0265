import Foundation
import Storage
import TestSupport
import Testing

@Suite("Metrics logs")
struct MetricsLogTests {
  private struct Record: Codable {
    let step: Int
    let loss: Float
  }

  @Test("A record is a line, and a resumed log goes on where the checkpoint was")
  func resume() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/metrics.jsonl"
      var kept = 0
      do {
        let log = try MetricsLog(path, keeping: 0)
        try log.append(Record(step: 1, loss: 0.5))
        try log.synchronize()
        kept = log.offset
        try log.append(Record(step: 2, loss: 0.25))
      }
      let log = try MetricsLog(path, keeping: kept)
      #expect(log.offset == kept)
      try log.append(Record(step: 2, loss: .nan))
      #expect(
        try String(contentsOfFile: path, encoding: .utf8)
          == "{\"loss\":0.5,\"step\":1}\n{\"loss\":\"nan\",\"step\":2}\n")
      #expect(log.offset == 46)
    }
  }

  @Test("A new run begins with an empty log")
  func empty() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/metrics.jsonl"
      try MetricsLog(path, keeping: 0).append(Record(step: 1, loss: 1))
      _ = try MetricsLog(path, keeping: 0)
      #expect(try POSIXFileSystem().read(path).isEmpty)
    }
  }

  /// Four calls open, measure and cut the log, and write a line; the fifth writes half of another.
  @Test("Half a line that could not be cut off is gone before the next one", arguments: 1...4)
  func tornLine(failures: Int) throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/metrics.jsonl"
      let failing = FailingFileSystem(failingCalls: 5..<(5 + failures))
      let log = try MetricsLog(path, keeping: 0, fileSystem: failing)
      for step in 1...6 { try log.append(Record(step: step, loss: 1)) }
      let lines = (1...6).map { "{\"loss\":1,\"step\":\($0)}\n" }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == lines.joined())
      #expect(log.offset == lines.joined().utf8.count)
    }
  }

  @Test("A log shorter than the checkpoint says is damaged")
  func tooShort() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/metrics.jsonl"
      #expect(
        throws: StorageError.damaged(
          path: path, reason: "it has 0 bytes, the checkpoint knows 10")
      ) {
        _ = try MetricsLog(path, keeping: 10)
      }
    }
  }
}
