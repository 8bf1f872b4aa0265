import Foundation
import TestSupport
import Testing

/// Texts that were looked at, in files beside the tests.
enum Snapshot {
  /// Expects a text to be the one that is kept.
  ///
  /// A text that is not kept yet is written, and the test fails: look at it, and run it again. To
  /// accept a change remove the file.
  static func expect(_ text: String, named name: String) throws {
    let folder = Repository.root.appending(path: "Tests/StableHLOTests/Snapshots")
    let file = folder.appending(path: "\(name).mlir")
    guard let kept = try? String(contentsOf: file, encoding: .utf8) else {
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("\(file.path) was written; look at it and run the test again")
      return
    }
    #expect(text == kept, "\(file.lastPathComponent) holds another text")
  }
}
