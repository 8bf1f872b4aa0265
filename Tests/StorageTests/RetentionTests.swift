import Foundation
import Storage
import Synchronization
import TestSupport
import Testing

@Suite("Which checkpoints are kept")
struct RetentionTests {
  /// Saves checkpoints one after another, and returns the steps that are left.
  private func save(
    _ steps: [Int], to run: RunDirectory, newest: Int, keeping others: Set<Int> = []
  ) throws -> [Int] {
    let log = try run.metrics(keeping: 0)
    let saver = CheckpointSaver(run, metrics: log, retention: Retention(newest: newest))
    for step in steps {
      saver.save(sampleCheckpoint(step: step), keeping: others)
      let outcome = try #require(saver.settle())
      #expect(outcome.step == step && outcome.failure == nil)
    }
    return try run.checkpointSteps()
  }

  @Test("The newest by step, whatever was saved last", arguments: [2, 3])
  func newest(count: Int) throws {
    try withTemporaryDirectory { directory in
      let left = try save([10, 20, 30, 40, 50], to: RunDirectory(directory), newest: count)
      #expect(left == Array([10, 20, 30, 40, 50].suffix(count)))
    }
  }

  @Test("Those that are wanted, however old")
  func others() throws {
    try withTemporaryDirectory { directory in
      let left = try save([10, 20, 30, 40], to: RunDirectory(directory), newest: 2, keeping: [10])
      #expect(left == [10, 30, 40])
    }
  }

  @Test("A damaged one does not count")
  func damaged() throws {
    try withTemporaryDirectory { directory in
      let run = RunDirectory(directory)
      _ = try save([10, 20], to: run, newest: 2)
      try POSIXFileSystem().replace(run.checkpointPath(step: 20), with: [1])
      #expect(try save([30], to: run, newest: 2) == [10, 20, 30])
      #expect(try save([40], to: run, newest: 2) == [30, 40])
    }
  }

  @Test("The latest is read a thousand times while others are saved and removed")
  func readers() throws {
    try withTemporaryDirectory { directory in
      let run = RunDirectory(directory)
      _ = try save([1, 2], to: run, newest: 2)
      let hasRead = Atomic(false)
      DispatchQueue.concurrentPerform(iterations: 2) { part in
        #expect(throws: Never.self) {
          guard part == 1 else {
            defer { hasRead.store(true, ordering: .relaxed) }
            var latest = 0
            for _ in 0..<1000 {
              let step = try #require(try run.latestCheckpoint()).step
              #expect(step >= latest)
              latest = step
            }
            return
          }
          var step = 2
          while !hasRead.load(ordering: .relaxed) {
            step += 1
            _ = try save([step], to: run, newest: 2)
          }
        }
      }
    }
  }

  @Test("Whichever call fails, two that can be read back are left", arguments: 1...30)
  func faults(failingCall: Int) throws {
    try withTemporaryDirectory { directory in
      _ = try save([10, 20], to: RunDirectory(directory), newest: 2)
      let failing = RunDirectory(
        directory, fileSystem: FailingFileSystem(failingCall: failingCall, staysBroken: true))
      if let log = try? failing.metrics(keeping: 0) {
        let saver = CheckpointSaver(failing, metrics: log, retention: Retention(newest: 2))
        for step in [30, 40] {
          saver.save(sampleCheckpoint(step: step))
          _ = saver.settle()
        }
      }
      let run = RunDirectory(directory)
      let good = try run.checkpointSteps().filter { (try? run.checkpoint(step: $0)) != nil }
      #expect(good.count >= 2)
    }
  }
}
