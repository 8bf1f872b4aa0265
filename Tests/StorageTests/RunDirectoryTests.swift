import Foundation
import Storage
import TestSupport
import Testing

@Suite("Run directories")
struct RunDirectoryTests {
  @Test("A run has a place for everything, made once")
  func create() throws {
    try withTemporaryDirectory { directory in
      let run = RunDirectory("\(directory)/runs/first")
      #expect(!run.exists)
      try run.create(experiment: "seed: 1\n")
      #expect(run.exists)
      #expect(try run.experiment() == "seed: 1\n")
      #expect(run.checkpointPath(step: 1000).hasSuffix("/first/step-000001000.h5"))
      #expect(run.metricsPath.hasSuffix("/first/metrics.jsonl"))
      let error = try #require(throws: StorageError.self) { try run.create(experiment: "") }
      #expect(error == .exists(path: run.path))
      #expect(error.exitCode == 73)
    }
  }

  @Test("The latest checkpoint is the whole one of the most steps; others are reported")
  func latest() throws {
    try withTemporaryDirectory { directory in
      let run = RunDirectory(directory)
      #expect(try run.latestCheckpoint() == nil)
      for step in [2, 1_000_000_000, 30] { try run.save(sampleCheckpoint(step: step)) }
      #expect(try run.checkpointSteps() == [2, 30, 1_000_000_000])
      #expect(try run.latestCheckpoint() == sampleCheckpoint(step: 1_000_000_000))

      let system = POSIXFileSystem()
      let largest = run.checkpointPath(step: 1_000_000_000)
      let imageByteCount = try SealedFile(contentsOf: largest).imageByteCount
      try system.replace(largest, with: Array(try system.read(largest).dropLast()))
      // A stale file under another name says another step than its name does.
      try system.replace(
        run.checkpointPath(step: 31), with: try system.read(run.checkpointPath(step: 2)))
      var skipped: [StorageError] = []
      let latest = try run.latestCheckpoint { skipped.append($0) }
      #expect(latest == sampleCheckpoint(step: 30))
      #expect(
        skipped == [
          .damaged(path: largest, reason: "1 of \(imageByteCount) bytes are missing at its end"),
          .notOurs(path: run.checkpointPath(step: 31), reason: "it holds step 2"),
        ])
    }
  }

  @Test("A disk that cannot be read is no reason to take an older checkpoint")
  func unreadable() throws {
    try withTemporaryDirectory { directory in
      try RunDirectory(directory).save(sampleCheckpoint(step: 1))
      try RunDirectory(directory).save(sampleCheckpoint(step: 2))
      // The first call lists the directory, the second reads step 2.
      let run = RunDirectory(directory, fileSystem: FailingFileSystem(failingCall: 2))
      #expect(throws: StorageError.self) { try run.latestCheckpoint() }
    }
  }

  @Test("Only files that were being written are removed")
  func staleFiles() throws {
    try withTemporaryDirectory { directory in
      let run = RunDirectory(directory)
      try run.create(experiment: "a: 1\n")
      try POSIXFileSystem().replace("\(directory)/notes.partial", with: [1])
      let stale = "\(directory)/.step-000000002.h5.partial"
      #expect(FileManager.default.createFile(atPath: stale, contents: nil))
      #expect(try run.removeStaleFiles() == [stale])
      #expect(try POSIXFileSystem().names(in: directory) == ["experiment.yaml", "notes.partial"])
    }
  }
}
