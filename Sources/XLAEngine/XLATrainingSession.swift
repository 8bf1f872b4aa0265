#if XLA
  internal import ComputeGraph
  internal import PJRT
  internal import StableHLO
  internal import Tensors

  /// Training steps on devices: the state stays there, and the batches of the next launch are made
  /// while one runs.
  final class XLATrainingSession: TrainingSession {
    let engine: XLAEngine
    let program: TrainingProgram
    let source: any BatchSource
    let layout: FlatLayout
    let devices: [Device]
    private let executable: Executable
    private let feed: EpisodeFeed
    private var length: LaunchLength
    /// On each device the parameters and both moments; empty while a launch has them, and for good
    /// if it failed.
    private var buffers: Buffers
    /// Made while the last launch ran.
    private var next: EpisodeFeed.Batches?

    init(
      _ program: TrainingProgram, from state: TrainingState, source: any BatchSource,
      engine: XLAEngine
    ) throws {
      self.engine = engine
      self.program = program
      self.source = source
      devices = try engine.devices(sharing: program)
      let block = try program.block(program.batchSize / devices.count)
      length = LaunchLength(block)
      try Self.check(length, program.batchSize)
      let training = try TrainingModule(
        program, deviceCount: devices.count, capacity: length.capacity)
      layout = training.layout
      executable = try engine.executable(training.module.text, for: devices)
      feed = EpisodeFeed(
        source, block: block, capacity: length.capacity, devices: devices, engine: engine)
      buffers = Buffers(engine.client, deviceCount: devices.count)
      let empty = state.parameters.map { Tensor(zeros: $0.shape) }
      for tensors in [state.parameters] + program.update.slots.map({ state.slots[$0] ?? empty }) {
        try buffers.append(
          layout.flatten(tensors), shape: [layout.count], on: devices, of: engine)
      }
    }

    /// Batches lie on the host before they go to a device, where an array that does not fit ends the
    /// process.
    private static func check(_ length: LaunchLength, _ batchSize: Int) throws(EngineError) {
      guard length.bytesPerStep <= largestBatch else {
        throw EngineError.outOfMemory(
          "A batch of \(batchSize) episodes takes more than 4 GiB on a device. Lower batchSize, or "
            + "train on several devices.")
      }
    }

    /// Bytes of what a device reads in a step.
    private static let largestBatch = 4 << 30

    var parameters: [Tensor] {
      get throws { layout.tensors(try vector(0)) }
    }

    var state: TrainingState {
      get throws {
        let vectors = try (0...program.update.slots.count).map { try vector($0) }
        let slots = zip(program.update.slots, vectors.dropFirst()).map {
          ($0, layout.tensors($1))
        }
        return TrainingState(
          parameters: layout.tensors(vectors[0]), slots: Dictionary(uniqueKeysWithValues: slots))
      }
    }

    /// The parameters, or one of the moments.
    func vector(_ index: Int) throws -> [Float] {
      guard buffers.count > 0 else { throw Self.lost }
      return try buffers.numbers(index, [layout.count], of: engine)
    }

    private static let lost = EngineError.failed(
      function: "training",
      reason: "a launch that failed took the state; add --resume to go on from a checkpoint.")

    /// Those whose batches are there, or as many as a launch should hold.
    var stepsAtOnce: Int { next?.steps.count ?? length.stepCount }

    func step(_ step: Int, schedule: UpdateSchedule) throws -> StepResult {
      try take(step..<step + 1) { _ in schedule }[0]
    }

    func take(
      _ steps: Range<Int>, schedule: (Int) -> UpdateSchedule
    ) throws -> [StepResult] {
      var results: [StepResult] = []
      var first = steps.lowerBound
      while first < steps.upperBound, results.last?.isFinite ?? true {
        let end = min(first + length.capacity, steps.upperBound)
        results += try launch(first..<end, schedule: schedule)
        first = end
      }
      return results
    }

    private func launch(
      _ steps: Range<Int>, schedule: (Int) -> UpdateSchedule
    ) throws -> [StepResult] {
      let offered = stepsAtOnce
      let batches = try batches(of: steps)
      var inputs = Buffers(engine.client, deviceCount: devices.count)
      try inputs.append([Int32(steps.count)], shape: [], on: devices, of: engine)
      try inputs.append(
        schedules(steps, schedule), shape: [length.capacity, 3], on: devices, of: engine)
      inputs.append(batches.buffers)
      guard buffers.count > 0 else { throw Self.lost }
      var arguments = buffers.takeFirst(buffers.count)
      arguments.append(inputs)
      let start = engine.now()
      let execution = try engine.launch(executable, arguments)
      // While it runs. Who takes less than is offered shall not have more sampled than is taken. What
      // cannot be read is asked for again when it is needed.
      let ahead = steps.count < offered ? steps.count : 2 * steps.count
      let after = steps.upperBound
      next = try? feed.batches(of: after..<after + min(ahead, length.stepCount))
      var results = try engine.finish(execution)
      let state = results.takeFirst(TrainingModule.Result.stepCount.rawValue)
      buffers.append(state)
      let taken = try self.results(results)
      length.add(steps: taken.count, nanoseconds: engine.now() - start)
      return taken
    }

    /// The batches that were made ahead, if they are those of the steps.
    private func batches(of steps: Range<Int>) throws -> EpisodeFeed.Batches {
      if let ahead = next.take(), ahead.steps.lowerBound == steps.lowerBound,
        ahead.steps.upperBound >= steps.upperBound
      {
        return ahead
      }
      return try feed.batches(of: steps)
    }

    /// `[K, 3]`
    private func schedules(_ steps: Range<Int>, _ schedule: (Int) -> UpdateSchedule) -> [Float] {
      var numbers = [Float](repeating: 0, count: length.capacity * 3)
      for (index, step) in steps.enumerated() {
        let schedule = schedule(step)
        numbers[3 * index] = schedule.learningRate
        numbers[3 * index + 1] = schedule.firstCorrection
        numbers[3 * index + 2] = schedule.secondCorrection
      }
      return numbers
    }

    /// What a launch says about its steps.
    ///
    /// - Parameter outputs: its results behind the state.
    private func results(_ outputs: borrowing Buffers) throws -> [StepResult] {
      typealias Result = TrainingModule.Result
      func index(_ result: Result) -> Int { result.rawValue - Result.stepCount.rawValue }
      let counts: [Int32] = try outputs.numbers(index(.stepCount), [], of: engine)
      let metrics: [Float] = try outputs.numbers(
        index(.metrics), [length.capacity, 3], of: engine)
      let hashes: [UInt32] = try outputs.numbers(
        index(.hashes), [length.capacity, 2], of: engine)
      return (0..<Int(counts[0])).map { step in
        StepResult(
          loss: metrics[3 * step], gradientNorm: metrics[3 * step + 1],
          gradientHash: UInt64(hashes[2 * step]) << 32 | UInt64(hashes[2 * step + 1]),
          isStateFinite: metrics[3 * step + 2] == 1)
      }
    }
  }
#endif
