import Foundation
import MetaTraining
import Storage
import TestSupport
import Testing

/// A run on a disk that fails, at each of its calls.
struct FaultyDiskTests {
  private static func straight() throws -> [String: Data] {
    let run = TinyRun()
    try run.train()
    return try run.files()
  }

  /// More calls than such a run makes, so that the last runs are unhurt.
  private static let calls = Array(stride(from: 1, through: 91, by: 3))

  @Test("A disk that stays full ends the run with an error, and resuming ends as if it had not")
  func staysBroken() throws {
    let expected = try Self.straight()
    for call in Self.calls {
      let run = TinyRun()
      let system = FailingFileSystem(failingCall: call, staysBroken: true)
      do {
        try run.train(fileSystem: system)
        #expect(system.callCount < call)
      } catch let error as StorageError {
        #expect(error.exitCode == 74)
      }
      #expect(try run.train(resume: true) == .finished)
      #expect(try run.files() == expected, "call \(call)")
    }
  }

  @Test("A call that fails while training goes on costs one checkpoint at most, and is told")
  func failsOnce() throws {
    let expected = try Self.straight()
    var told = 0
    for call in Self.calls {
      let run = TinyRun()
      let system = FailingFileSystem(failingCall: call)
      var (failures, saved) = (0, 0)
      do {
        try run.train(fileSystem: system) { event in
          switch event {
          case .saveFailed: failures += 1
          case .saved: saved += 1
          default: break
          }
        }
        // Ten, twenty and the last; one that failed is made good if it was the last.
        #expect(saved + failures == 3 || saved == 3)
        told += failures
      } catch let error as StorageError {
        #expect(error.exitCode == 74)
      }
      try run.train(resume: true)
      let files = try run.files()
      for (name, data) in files { #expect(data == expected[name], "call \(call), \(name)") }
      #expect(files["step-000000024.h5"] != nil)
    }
    #expect(told > 0)
  }
}
