import Foundation
import Storage
import TestSupport
import Testing

@Suite("The lock of a run")
struct RunLockTests {
  @Test("One has it at a time; the other is told who, and gets it afterwards")
  func exclusive() throws {
    try withTemporaryDirectory { directory in
      let run = RunDirectory("\(directory)/run")
      do {
        let lock = try run.lock()
        // Whoever is refused leaves the name of the owner for the next one.
        for _ in 0..<2 {
          let error = try withExtendedLifetime(lock) {
            try #require(throws: StorageError.self) { try run.lock() }
          }
          guard case .busy(run.path, let owner) = error else {
            Issue.record("\(error)")
            return
          }
          #expect(owner.hasPrefix("process \(ProcessInfo.processInfo.processIdentifier) on "))
          #expect(error.exitCode == 75)
        }
      }
      #expect(try POSIXFileSystem().read("\(run.path)/.lock").isEmpty)
      _ = try run.lock()
    }
  }

  @Test("What a killed owner left is taken over")
  func takenOver() throws {
    try withTemporaryDirectory { directory in
      let text = #"{"host":"elsewhere","boot":"b","process":1,"started":2}"#
      try POSIXFileSystem().replace("\(directory)/.lock", with: Array(text.utf8))
      let lock = try RunDirectory(directory).lock()
      let owner = try withExtendedLifetime(lock) {
        String(decoding: try POSIXFileSystem().read("\(directory)/.lock"), as: UTF8.self)
      }
      #expect(owner.contains("\(ProcessInfo.processInfo.processIdentifier)"))
    }
  }

  @Test(
    "Without locks of the file system, an owner that is gone loses its right",
    arguments: [(true, false), (false, false), (false, true)])
  func withoutLocks(isAlive: Bool, isElsewhere: Bool) throws {
    try withTemporaryDirectory { directory in
      // The second call takes the lock: the first opens the file.
      func lock() throws -> RunLock {
        let system = FailingFileSystem(failingCalls: 3..<4, code: ENOSYS)
        return try RunDirectory(directory, fileSystem: system).lock()
      }
      let path = "\(directory)/.lock"
      let own = try lock()
      var text = try withExtendedLifetime(own) {
        String(decoding: try POSIXFileSystem().read(path), as: UTF8.self)
      }
      let process = "\"process\":\(ProcessInfo.processInfo.processIdentifier)"
      if !isAlive { text = text.replacing(process, with: "\"process\":4194305") }
      if isElsewhere { text = text.replacing("\"host\":\"", with: "\"host\":\"not-") }
      try POSIXFileSystem().replace(path, with: Array(text.utf8))
      if isAlive || isElsewhere {
        #expect(throws: StorageError.self) { try lock() }
      } else {
        _ = try lock()
      }
    }
  }
}
