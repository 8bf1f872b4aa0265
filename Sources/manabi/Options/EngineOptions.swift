import ArgumentParser
import CPUEngine
import ComputeGraph

#if XLA
  import Foundation
  import Storage
  import XLAEngine
#endif

/// The options that say where models run.
struct EngineOptions: ParsableArguments {
  enum Name: String, CaseIterable, ExpressibleByArgument {
    /// The cores of this machine.
    case cpu
    /// The devices of a PJRT plug-in.
    case xla
  }

  @Option(
    help:
      "What computes: cpu, the cores of this machine, or xla, the devices of a PJRT plug-in, such as GPUs."
  )
  var engine = Name.cpu
  @Option(
    help: """
      The plug-in's file; if not given, that of an installed jax-cuda13-pjrt where there is a GPU of NVIDIA, else \
      of an installed xla-cpu-pjrt.
      """)
  var plugin: String?
  @Option(help: "Compute on this device alone, counted from 0; all share the work if not given.")
  var device: Int?
  @Option(help: "Compute on so many devices; a processor is cut into as many as are asked for.")
  var devices: Int?
  @Option(
    help: """
      Threads that compute, or sample for devices; all cores if not given. No result depends on it.
      """
  )
  var workers: Int?

  func validate() throws {
    let given = [plugin != nil, device != nil, devices != nil].contains(true)
    guard engine == .xla || !given else {
      throw ValidationError("--plugin, --device and --devices are for --engine xla.")
    }
    guard device == nil || devices == nil else {
      throw ValidationError("Only one of --device and --devices can be given.")
    }
    guard (0..<4096).contains(device ?? 0) else {
      throw ValidationError("--device has to be from 0 to 4095.")
    }
    guard (1...4096).contains(devices ?? 1) else {
      throw ValidationError("--devices has to be from 1 to 4096.")
    }
  }

  /// The engine that the user wants.
  ///
  /// - Throws: ``CommandError`` if `--workers` is no count of threads; `EngineError` if there is no
  ///   such engine here.
  func make() throws -> any Engine {
    let workers = try Workers.count(workers)
    return switch engine {
    case .cpu: try CPUEngine(workers: workers)
    case .xla: try accelerator(workers: workers)
    }
  }

  #if XLA
    private func accelerator(workers: Int) throws -> any Engine {
      guard let path = plugin ?? PlugInSearch.current.path else {
        throw EngineError.unavailable(
          "No PJRT plug-in was found. Install one, such as `pip install 'jax-cuda13-plugin[with-cuda]'` "
            + "for GPUs of NVIDIA or `pip install xla-cpu-pjrt` for processors, or name its file with --plugin."
        )
      }
      let choice: DeviceChoice =
        if let device { .one(device) } else if let devices { .first(devices) } else { .all }
      // Plug-ins write about themselves on standard error, unless this says that only errors count.
      setenv("TF_CPP_MIN_LOG_LEVEL", "2", 0)
      let engine = try XLAEngine(
        plugIn: path, devices: choice, workers: workers, cache: Self.cache,
        surroundings: Self.surroundings(of: path), now: BenchOptions.clock)
      Output.note("Computing on \(engine.deviceDescription), by \(path).")
      return engine
    }

    /// What compiled programs depend on and the plug-in does not tell: its file, the processor, and
    /// settings in the environment.
    private static func surroundings(of plugIn: String) -> [String] {
      let environment = ProcessInfo.processInfo.environment
      let settings = environment.filter { $0.key.hasPrefix("XLA_") || $0.key.hasPrefix("TF_XLA_") }
      let file = try? FileManager.default.attributesOfItem(atPath: plugIn)
      return [
        ProcessorFacts.current.identity, "\(file?[.size] ?? 0)",
        "\((file?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0)",
      ] + settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    }

    /// Where compiled programs are kept, if there is a home for them.
    private static var cache: CacheDirectory? {
      let environment = ProcessInfo.processInfo.environment
      func place(_ name: String, _ rest: String) -> CacheDirectory? {
        guard let home = environment[name], home.hasPrefix("/") else { return nil }
        return CacheDirectory(home + rest + "/manabi/programs")
      }
      return place("XDG_CACHE_HOME", "") ?? place("HOME", "/.cache")
    }
  #else
    private func accelerator(workers: Int) throws -> any Engine {
      throw EngineError.unavailable(
        "This build of Manabi has no engine for accelerators. Build it with one: make xla build.")
    }
  #endif
}
