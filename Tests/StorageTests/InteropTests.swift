import Episodes
import Foundation
import Storage
import Tensors
import Testing

/// Reads our files with the Python libraries, where `MANABI_PYTHON` names an interpreter that has them.
@Suite("Other programs", .enabled(if: ProcessInfo.processInfo.environment["MANABI_PYTHON"] != nil))
struct InteropTests {
  @Test(
    "h5py and xarray see named dimensions",
    arguments: [sampleTaskSet(), sampleTaskSet(target: .classes(3)), sampleTaskSet(latentCount: 0)])
  func python(taskSet: TaskSet) throws {
    let python = try #require(ProcessInfo.processInfo.environment["MANABI_PYTHON"])
    let script = URL(fileURLWithPath: #filePath)
      .appendingPathComponent("../../../Scripts/check-interop.py").standardized.path
    try withTemporaryDirectory { directory in
      var checkpoint = sampleCheckpoint()
      // The script asks for finite numbers.
      for index in checkpoint.parameters.indices {
        checkpoint.parameters[index].tensor.elements.replace([.infinity], with: [1])
      }
      checkpoint.optimizerState = ["firstMoment": checkpoint.parameters]
      try checkpoint.write(to: "\(directory)/c.h5")
      try taskSet.write(to: "\(directory)/t.h5")
      let process = Process()
      process.executableURL = URL(fileURLWithPath: python)
      process.arguments = [script, "\(directory)/c.h5", "\(directory)/t.h5"]
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
  }
}
