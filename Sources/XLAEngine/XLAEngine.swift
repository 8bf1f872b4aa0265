#if XLA
  package import ComputeGraph
  internal import PJRT
  internal import StableHLO
  package import Storage
  package import Tensors

  /// Runs graphs on the devices of a PJRT plug-in: processors, GPUs, TPUs.
  ///
  /// A launch holds whole training steps, and the state stays on the device. Several devices share
  /// each batch. Results depend on the plug-in, the kind of device and how many there are, not on how
  /// many steps a launch holds.
  package final class XLAEngine: Engine {
    let client: Client
    let devices: [Device]
    let workers: Int
    let now: NanosecondClock
    private let cache: CacheDirectory?
    /// What compiled programs depend on beside their text.
    private let surroundings: [String]

    /// The time of a steady clock, in nanoseconds.
    package typealias NanosecondClock = @Sendable () -> UInt64

    /// - Parameters:
    ///   - path: of the plug-in.
    ///   - choice: which of its devices compute.
    ///   - workers: how many threads sample episodes, at least one.
    ///   - cache: where compiled programs are kept; nil for nowhere.
    ///   - machine: names the processor, for which a plug-in may compile.
    ///   - now: by which it finds out how many steps a launch should hold.
    /// - Throws: `EngineError.unavailable` if the plug-in cannot be used or has no such devices.
    package init(
      plugIn path: String, devices choice: DeviceChoice = .all, workers: Int,
      cache: CacheDirectory? = nil, machine: String = "", now: @escaping NanosecondClock
    ) throws {
      self.workers = workers
      self.cache = cache
      self.now = now
      do throws(PJRTError) {
        let plugIn = try PlugIn(path: path)
        var client = try Client(plugIn)
        if client.platform == "cpu" {
          client = try Client(plugIn, options: ["cpu_device_count": choice.processorCount])
        }
        devices = try choice.devices(of: client)
        self.client = client
        surroundings = [
          client.platform, client.platformVersion, plugIn.build, machine,
          devices.map { "\($0.id) \($0.kind)" }.joined(separator: ", "),
        ]
      } catch {
        throw EngineError(error, plugIn: path)
      }
    }

    /// Such as `cpu`, or `cuda: NVIDIA H100 80GB HBM3 × 2`.
    package var deviceDescription: String {
      let kinds = Set(devices.map(\.kind)).subtracting([client.platform]).sorted()
      let name = ([client.platform] + kinds).joined(separator: ": ")
      return devices.count == 1 ? name : "\(name) × \(devices.count)"
    }

    package func supports(_ precision: Precision) -> Bool { true }

    package func compile(
      _ program: TrainingProgram, from state: TrainingState, source: any BatchSource
    ) throws -> any TrainingSession {
      try XLATrainingSession(program, from: state, source: source, engine: self)
    }

    package func compile(
      _ program: InferenceProgram, parameters: [Tensor]
    ) throws -> any InferenceSession {
      try XLAInferenceSession(program, parameters: parameters, engine: self)
    }

    /// The module of StableHLO that holds the steps of a launch.
    package func planDescription(of program: TrainingProgram) throws -> String {
      let episodes = program.laneCount * program.episodesPerLane
      let block = try program.block(max(1, episodes / devices.count))
      let capacity = LaunchLength(block).capacity
      return try TrainingModule(program, deviceCount: devices.count, capacity: capacity)
        .module.text
    }

    /// Compiles a module, or takes it as it was compiled before.
    ///
    /// - Throws: `EngineError` if the plug-in cannot compile it.
    func executable(_ text: String, for devices: [Device]) throws -> Executable {
      let key = CacheDirectory.key(surroundings + [text])
      if let bytes = cache?.bytes(of: key), let known = try? client.load(bytes, for: devices) {
        return known
      }
      let executable = try compile(text, for: devices)
      // Who cannot keep a program compiles it again.
      if let cache, let bytes = try? executable.serialized() { try? cache.keep(bytes, as: key) }
      return executable
    }

    private func compile(_ text: String, for devices: [Device]) throws(EngineError) -> Executable {
      do throws(PJRTError) {
        return try client.compile(text, for: devices)
      } catch {
        throw EngineError(error, plugIn: client.plugIn.path)
      }
    }
  }

  extension DeviceChoice {
    /// Into how many devices a processor is to be cut.
    fileprivate var processorCount: Int {
      switch self {
      case .all: 1
      case .one(let index): index + 1
      case .first(let count): count
      }
    }

    fileprivate func devices(of client: Client) throws(PJRTError) -> [Device] {
      let all = client.devices
      switch self {
      case .all: return all
      case .one(let index):
        guard all.indices.contains(index) else {
          throw .noDevice(index: index, count: all.count)
        }
        return [all[index]]
      case .first(let count):
        guard count <= all.count else { throw .noDevice(index: count - 1, count: all.count) }
        return Array(all.prefix(count))
      }
    }
  }
#endif
