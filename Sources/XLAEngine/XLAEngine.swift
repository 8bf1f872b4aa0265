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
    private let choice: DeviceChoice
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
    ///   - surroundings: what compiled programs depend on beside their text and what the plug-in says of
    ///     itself, such as its file, the processor and the variables of the environment that it reads.
    ///   - now: by which it finds out how many steps a launch should hold.
    /// - Throws: `EngineError.unavailable` if the plug-in cannot be used or has no such devices.
    package init(
      plugIn path: String, devices choice: DeviceChoice = .all, workers: Int,
      cache: CacheDirectory? = nil, surroundings: [String] = [], now: @escaping NanosecondClock
    ) throws {
      self.workers = workers
      self.choice = choice
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
        self.surroundings =
          surroundings + [client.platform, client.platformVersion, plugIn.build]
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
      let count = try devices(sharing: program).count
      let block = try program.block(program.batchSize / count)
      let capacity = LaunchLength(block).capacity
      return try TrainingModule(program, deviceCount: count, capacity: capacity).module.text
    }

    /// The devices that share the batches of a program.
    ///
    /// - Throws: `EngineError.unsupported` if those that the user asked for do not divide them.
    func devices(sharing program: TrainingProgram) throws(EngineError) -> [Device] {
      let episodes = program.batchSize
      if choice == .all {
        let count = (1...devices.count).last { episodes % $0 == 0 } ?? 1
        return Array(devices.prefix(count))
      }
      guard episodes % devices.count == 0 else {
        throw EngineError.unsupported(
          "\(devices.count) devices do not divide a batch of \(episodes) episodes evenly; choose "
            + "another batchSize, or fewer devices with --devices")
      }
      return devices
    }

    /// Compiles a module, or takes it as it was compiled before.
    ///
    /// - Throws: `EngineError` if the plug-in cannot compile it.
    func executable(_ text: String, for devices: [Device]) throws -> Executable {
      let replicas = devices.map { "\($0.id) \($0.kind)" }
      let key = CacheDirectory.key(surroundings + replicas + [text])
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
        throw self.error(error)
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
      case .all:
        guard !all.isEmpty else { throw .noDevice(index: 0, count: 0) }
        return all
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
