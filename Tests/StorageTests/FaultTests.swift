import Foundation
import Storage
import TestSupport
import Testing

@Suite("A disk that fails")
struct FaultTests {
  /// More calls than any save makes: the last of them succeed.
  private static let calls = 1...8

  @Test(
    "The old or the new checkpoint is whole, whichever call fails", arguments: calls, [false, true])
  func replacedCheckpoint(failingCall: Int, staysBroken: Bool) throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/c.h5"
      let (old, new) = (sampleCheckpoint(step: 1), sampleCheckpoint(step: 2))
      try old.write(to: path)
      let failing = FailingFileSystem(failingCall: failingCall, staysBroken: staysBroken)
      var failure: StorageError?
      do {
        try new.write(to: path, fileSystem: failing)
      } catch let error as StorageError {
        failure = error
      }
      #expect((failure == nil) == (failing.callCount < failingCall))
      #expect(failure.map(\.exitCode) ?? 74 == 74)

      let found = try Checkpoint(contentsOf: path)
      #expect(found == old || found == new)
      if failure == nil { #expect(found == new) }
      try RunDirectory(directory).removeStaleFiles()
      #expect(try POSIXFileSystem().names(in: directory) == ["c.h5"])
    }
  }

  @Test(
    "A save is six calls: open, write, pwrite of the seal, fsync, rename, fsync of the directory")
  func callCount() throws {
    try withTemporaryDirectory { directory in
      let system = FailingFileSystem(failingCall: .max)
      try sampleCheckpoint().write(to: "\(directory)/c.h5", fileSystem: system)
      #expect(system.callCount == 6)
    }
  }

  @Test("A failed save leaves no temporary file when it can be removed", arguments: 1...5)
  func noLitter(failingCall: Int) throws {
    try withTemporaryDirectory { directory in
      let failing = FailingFileSystem(failingCall: failingCall)
      #expect(throws: StorageError.self) {
        try sampleCheckpoint().write(to: "\(directory)/c.h5", fileSystem: failing)
      }
      let names = try POSIXFileSystem().names(in: directory)
      #expect(names.isEmpty)
    }
  }

  @Test("A line that cannot be written is kept and written with the next, once")
  func failedLine() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/metrics.jsonl"
      // open, fstat, ftruncate, write, then the write that fails, of which half a line is cut off.
      let log = try MetricsLog(path, keeping: 0, fileSystem: FailingFileSystem(failingCall: 5))
      let lines = ["{\"step\":1}\n", "{\"step\":2}\n", "{\"step\":3}\n"]
      for step in 1...2 { try log.append(["step": step]) }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == lines[0])
      #expect(log.offset == 22)
      try log.append(["step": 3])
      #expect(try String(contentsOfFile: path, encoding: .utf8) == lines.joined())
    }
  }

  @Test(
    "Lines for a full disk are kept, and the checkpoint that needs them is not saved",
    .enabled(if: FileManager.default.isWritableFile(atPath: "/dev/full")))
  func fullDisk() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/metrics.jsonl"
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/full")
      let error = try #require(throws: StorageError.self) {
        let log = try MetricsLog(path, keeping: 0)
        try log.append(["step": 1])
        try log.synchronize()
      }
      #expect(error.exitCode == 74)
    }
  }

  @Test("A directory that is missing is called missing")
  func missingDirectory() throws {
    try withTemporaryDirectory { directory in
      #expect(throws: StorageError.missing(path: "\(directory)/absent")) {
        try sampleCheckpoint().write(to: "\(directory)/absent/c.h5")
      }
      let error = try #require(throws: StorageError.self) {
        try Checkpoint(contentsOf: "\(directory)/absent.h5")
      }
      #expect(error.exitCode == 66)
    }
  }

  @Test("A directory is no file")
  func directoryAsFile() throws {
    try withTemporaryDirectory { directory in
      let error = try #require(throws: StorageError.self) { try Checkpoint(contentsOf: directory) }
      #expect(error.exitCode == 65)
    }
  }
}
