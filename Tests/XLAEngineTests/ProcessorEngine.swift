#if XLA
  import ComputeGraph
  import Dispatch
  import Foundation
  import Storage
  import TestSupport
  import XLAEngine

  /// Engines on the plug-in for processors.
  enum ProcessorEngine {
    /// Programs that several tests run are compiled once.
    private static let programs = CacheDirectory(
      FileManager.default.temporaryDirectory.path
        + "/manabi-programs-\(ProcessInfo.processInfo.processIdentifier)")

    /// On one device, for tests that want nothing else.
    static let shared = Result { try make() }

    static func make(
      devices: DeviceChoice = .all, cache: CacheDirectory? = programs,
      surroundings: [String] = [],
      now: @escaping XLAEngine.NanosecondClock = { DispatchTime.now().uptimeNanoseconds }
    ) throws -> XLAEngine {
      try XLAEngine(
        plugIn: Repository.processorPlugIn, devices: devices, workers: 2, cache: cache,
        surroundings: surroundings, now: now)
    }
  }
#endif
