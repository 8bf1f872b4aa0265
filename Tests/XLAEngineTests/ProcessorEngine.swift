#if XLA
  import ComputeGraph
  import Dispatch
  import Storage
  import TestSupport
  import XLAEngine

  /// Engines on the plug-in for processors.
  enum ProcessorEngine {
    /// On one device, for tests that want nothing else.
    static let shared = Result { try make() }

    static func make(
      devices: DeviceChoice = .all, cache: CacheDirectory? = nil,
      surroundings: [String] = [],
      now: @escaping XLAEngine.NanosecondClock = { DispatchTime.now().uptimeNanoseconds }
    ) throws -> XLAEngine {
      try XLAEngine(
        plugIn: Repository.processorPlugIn, devices: devices, workers: 2, cache: cache,
        surroundings: surroundings, now: now)
    }
  }
#endif
