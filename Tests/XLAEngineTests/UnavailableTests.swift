#if XLA
  import ComputeGraph
  import Foundation
  import TestSupport
  import Testing
  import XLAEngine

  /// What cannot be had is said in one sentence with a remedy.
  struct UnavailableTests {
    @Test(
      "What is no plug-in is said to be unavailable",
      arguments: [
        ("/nowhere/plugin.so", DeviceChoice.all, "pip install"),
        ("libm.so.6", .all, "--plugin"),
        (Repository.root.path + "/README.md", .all, "--plugin"),
      ])
    func plugIns(path: String, choice: DeviceChoice, remedy: String) {
      #expect {
        try XLAEngine(plugIn: path, devices: choice, workers: 1, now: { 0 })
      } throws: { error in
        guard case .unavailable(let reason) = error as? EngineError else { return false }
        return reason.contains(path) && reason.contains(remedy) && !reason.contains("\n")
      }
    }
  }
#endif
