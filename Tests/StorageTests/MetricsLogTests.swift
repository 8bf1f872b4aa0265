import Foundation
import Storage
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
