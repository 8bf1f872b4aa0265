#if XLA
  internal import ComputeGraph
  internal import Dispatch
  internal import PJRT
  internal import Tensors

  // Dimension key
  //   K  steps of a launch      B  episodes of a step on one device

  /// Makes the batches of steps on the cores of this machine, and brings them to the devices.
  ///
  /// Each device gets a part of every batch: the first its first episodes.
  final class EpisodeFeed {
    /// The batches of some steps: on each device `[K, B, …]` tokens and targets.
    struct Batches: ~Copyable {
      let steps: Range<Int>
      var buffers: Buffers
    }

    private let engine: XLAEngine
    private let devices: [Device]
    private let source: any BatchSource
    /// The most steps of a launch; arrays are that long, whatever they hold.
    let capacity: Int
    /// `[B, …]`
    private let tokens: Shape
    private let targets: Shape
    private let parts: [Part]

    /// Some episodes of a batch and what makes them.
    ///
    /// Sendable because one thread at a time has it.
    private final class Part: @unchecked Sendable {
      let episodes: Range<Int>
      private let writer: any BatchWriter
      private(set) var tokens: [Float]
      private(set) var targets: [Float]

      init(_ episodes: Range<Int>, writer: any BatchWriter, tokenCount: Int, targetCount: Int) {
        self.episodes = episodes
        self.writer = writer
        tokens = [Float](repeating: 0, count: episodes.count * tokenCount)
        targets = [Float](repeating: 0, count: episodes.count * targetCount)
      }

      func write(step: Int) { writer.write(step, episodes, &tokens, &targets) }
    }

    /// - Parameters:
    ///   - block: what a device computes of a step.
    ///   - capacity: the most steps of a launch, `K`.
    ///   - devices: those that share a batch.
    init(
      _ source: any BatchSource, block: TrainingProgram.Block, capacity: Int, devices: [Device],
      engine: XLAEngine
    ) {
      self.source = source
      self.engine = engine
      self.devices = devices
      self.capacity = capacity
      tokens = block.graph.shape(of: block.tokens)
      targets = block.graph.shape(of: block.targets)
      let (episodes, deviceCount) = (tokens[0], devices.count)
      let count = max(1, min(episodes, engine.workers / deviceCount))
      let (tokenCount, targetCount) = (tokens.count / episodes, targets.count / episodes)
      parts = (0..<deviceCount * count).map { part in
        let first = part / count * episodes
        let (start, end) = (part % count * episodes / count, (part % count + 1) * episodes / count)
        return Part(
          first + start..<first + end, writer: source.makeWriter(), tokenCount: tokenCount,
          targetCount: targetCount)
      }
    }

    /// The batches of at most `capacity` steps.
    ///
    /// - Throws: what keeps a batch from being read; `EngineError` if a device is full.
    func batches(of steps: Range<Int>) throws -> Batches {
      precondition(steps.count <= capacity, "A launch has room for its steps.")
      var arrays = devices.map { _ in (tokens: [Float](), targets: [Float]()) }
      for place in arrays.indices {
        arrays[place].tokens.reserveCapacity(capacity * tokens.count)
        arrays[place].targets.reserveCapacity(capacity * targets.count)
      }
      let parts = parts
      let share = parts.count / devices.count
      for step in steps {
        try source.prepare(step)
        DispatchQueue.concurrentPerform(iterations: parts.count) { parts[$0].write(step: step) }
        for (index, part) in parts.enumerated() {
          arrays[index / share].tokens += part.tokens
          arrays[index / share].targets += part.targets
        }
      }
      let missing = capacity - steps.count
      var buffers = Buffers(engine.client, deviceCount: devices.count)
      for (place, device) in devices.enumerated() {
        arrays[place].tokens += [Float](repeating: 0, count: missing * tokens.count)
        arrays[place].targets += [Float](repeating: 0, count: missing * targets.count)
        try buffers.append(
          arrays[place].tokens, shape: Shape([capacity] + tokens.extents), at: place, on: device,
          of: engine)
        try buffers.append(
          arrays[place].targets, shape: Shape([capacity] + targets.extents), at: place,
          on: device, of: engine)
      }
      return Batches(steps: steps, buffers: buffers)
    }
  }
#endif
