internal import ComputeGraph
internal import Synchronization
internal import Tensors

/// Training steps on the cores of this machine.
///
/// Sendable because the parallel region gives every lane, slice and writer to one worker at a time.
final class CPUTrainingSession: TrainingSession, @unchecked Sendable {
  private let engine: CPUEngine
  let program: TrainingProgram
  let layout: ParameterLayout
  private let plan: Plan
  private let block: TrainingProgram.Block
  private let blockEpisodes: Int
  private let runners: [PlanRunner]
  let parameterMemory: ParameterMemory
  private let slots: [AlignedBuffer]
  let lanes: [AlignedBuffer]
  private let clip: Float?
  private let rule: AdamWRule
  private let source: any BatchSource
  /// One for each worker.
  private let writers: [any BatchWriter]

  private let nextPacking = Atomic<Int>(0)
  private let nextLane = Atomic<Int>(0)
  private let nextSlice = Atomic<Int>(0)
  private let nextUpdate = Atomic<Int>(0)
  let laneLosses: UnsafeMutablePointer<Float>
  private let sliceSums: UnsafeMutablePointer<Update.SliceSum>
  private let sliceIsFinite: UnsafeMutablePointer<Bool>
  private let sliceCount: Int

  /// What the workers are to do; changes between regions only.
  private var order = (
    step: 0, schedule: UpdateSchedule(learningRate: 0, firstCorrection: 1, secondCorrection: 1)
  )
  /// Made once, as a closure that is made for a step takes memory.
  private lazy var region: @Sendable (Int) -> Void = { [unowned self] in takePart($0) }

  /// Elements of a slice: all lanes' parts of it fit the second-level cache together.
  static let sliceSize = 8192

  init(
    _ program: TrainingProgram, from state: TrainingState, source: any BatchSource,
    engine: CPUEngine
  ) throws {
    self.engine = engine
    self.program = program
    guard case .clipByNorm(let clip) = program.update.clip,
      case .adamW(let rule) = program.update.rule
    else { throw EngineError.unsupported("its update is not AdamW after clipping") }
    self.clip = clip
    self.rule = rule

    let planned = try Self.plan(program, engine: engine)
    (plan, block, layout, blockEpisodes) = planned
    let plan = planned.plan
    runners = try (0..<engine.pool.count).map { _ in
      try PlanRunner(plan, library: engine.library)
    }
    self.source = source
    writers = runners.map { _ in source.makeWriter() }
    let size = layout.count
    parameterMemory = try ParameterMemory(
      AlignedBuffer(count: size), for: plan, library: engine.library)
    slots = program.update.slots.map { _ in AlignedBuffer(count: size) }
    lanes = (0..<program.laneCount).map { _ in AlignedBuffer(count: size) }
    sliceCount = (size + Self.sliceSize - 1) / Self.sliceSize
    laneLosses = .allocate(capacity: program.laneCount)
    sliceSums = .allocate(capacity: max(1, sliceCount))
    sliceIsFinite = .allocate(capacity: max(1, sliceCount))
    layout.write(state.parameters, to: parameterMemory.plain)
    for (name, buffer) in zip(program.update.slots, slots) {
      if let tensors = state.slots[name] { layout.write(tensors, to: buffer) }
    }
  }

  /// Plans the largest block whose activations stay close to the core.
  static func plan(
    _ program: TrainingProgram, engine: CPUEngine
  ) throws -> (plan: Plan, block: TrainingProgram.Block, layout: ParameterLayout, episodes: Int) {
    let sample = try program.block(1)
    let episodes = CPUEngine.blockSize(
      sample.graph, tokens: sample.tokens, dividing: program.episodesPerLane)
    let block = try program.block(episodes)
    let layout = ParameterLayout(block.parameters.map(block.graph.shape(of:)))
    var planner = Planner(
      graph: block.graph, outputs: [block.loss],
      parameterOffsets: layout.offsets(of: block.parameters),
      gradientOffsets: layout.offsets(of: block.gradients), library: engine.library)
    return (try planner.plan(), block, layout, episodes)
  }

  deinit {
    laneLosses.deallocate()
    sliceSums.deallocate()
    sliceIsFinite.deallocate()
  }

  var parameters: [Tensor] { layout.read(parameterMemory.plain) }

  var state: TrainingState {
    let named = zip(program.update.slots, slots).map { ($0, layout.read($1)) }
    return TrainingState(
      parameters: parameters, slots: Dictionary(uniqueKeysWithValues: named))
  }

  func step(_ step: Int, schedule: UpdateSchedule) throws -> StepResult {
    try source.prepare(step)
    order = (step, schedule)
    nextPacking.store(0, ordering: .relaxed)
    nextLane.store(0, ordering: .relaxed)
    nextSlice.store(0, ordering: .relaxed)
    nextUpdate.store(0, ordering: .relaxed)
    engine.pool.run(region)
    for runner in runners where runner.status != 0 {
      throw EngineError.library(function: "dnnl_primitive_execute", status: runner.status)
    }
    return StepResult(
      loss: treeSum(laneLosses, program.laneCount), gradientNorm: gradientNorm(),
      gradientHash: gradientHash(),
      isStateFinite: !(0..<sliceCount).contains { !sliceIsFinite[$0] })
  }

  /// One worker's part of the step that is in order.
  private func takePart(_ worker: Int) {
    while let weight = claim(nextPacking, below: parameterMemory.packed.count) {
      let status = parameterMemory.packed[weight].pack(from: parameterMemory.plain)
      if status != 0 { runners[worker].fail(status) }
    }
    engine.pool.barrier()
    while let lane = claim(nextLane, below: program.laneCount) {
      computeLane(lane, step: order.step, worker: worker)
    }
    engine.pool.barrier()
    while let slice = claim(nextSlice, below: sliceCount) {
      sliceSums[slice] = Update.reduce(lanes, over: range(of: slice))
    }
    engine.pool.barrier()
    // Every worker adds the same numbers in the same order.
    let norm = gradientNorm()
    let isFinite = norm.isFinite && !(0..<program.laneCount).contains { !laneLosses[$0].isFinite }
    let factor = clippingFactor(norm)
    while let slice = claim(nextUpdate, below: sliceCount) {
      sliceIsFinite[slice] = !isFinite || update(range(of: slice), order.schedule, factor)
    }
  }

  private func claim(_ counter: borrowing Atomic<Int>, below bound: Int) -> Int? {
    let index = counter.add(1, ordering: .relaxed).oldValue
    return index < bound ? index : nil
  }

  private func range(of slice: Int) -> Range<Int> {
    slice * Self.sliceSize..<min((slice + 1) * Self.sliceSize, layout.count)
  }

  func computeLane(_ lane: Int, step: Int, worker: Int) {
    let runner = runners[worker]
    let graph = block.graph
    let start = lane * program.episodesPerLane
    var loss: Float = 0
    for first in stride(from: 0, to: program.episodesPerLane, by: blockEpisodes) {
      let tokens = UnsafeMutableBufferPointer(
        start: runner.array(block.tokens), count: graph.shape(of: block.tokens).count)
      let targets = UnsafeMutableBufferPointer(
        start: runner.array(block.targets), count: graph.shape(of: block.targets).count)
      var tokenSpan = tokens.mutableSpan
      var targetSpan = targets.mutableSpan
      writers[worker].write(
        step: step, episodes: start + first..<start + first + blockEpisodes, tokens: &tokenSpan,
        targets: &targetSpan)
      runner.run(parameters: parameterMemory, gradients: lanes[lane].pointer, adding: first > 0)
      loss += runner.array(block.loss)[0]
    }
    laneLosses[lane] = loss
  }

  private func gradientNorm() -> Float {
    var squares = 0.0
    for slice in 0..<sliceCount { squares += sliceSums[slice].squares }
    return Float(squares.squareRoot())
  }

  /// Of the slices in their order, so that it tells which bits are where.
  private func gradientHash() -> UInt64 {
    var hash: UInt64 = 0
    for slice in 0..<sliceCount {
      let bits = sliceSums[slice].bits
      hash = (hash ^ (UInt64(bits.plain) << 32 | UInt64(bits.weighted))) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    return hash
  }

  /// As PyTorch's `clip_grad_norm_`: the maximum over the norm and a millionth, where that is below
  /// one.
  private func clippingFactor(_ norm: Float) -> Float {
    guard let clip else { return 1 }
    let ratio = clip / (norm + 1e-6)
    return ratio < 1 ? ratio : 1
  }

  /// - Returns: whether the slice is finite afterwards.
  private func update(
    _ range: Range<Int>, _ schedule: UpdateSchedule, _ factor: Float
  ) -> Bool {
    let at = range.lowerBound
    return Update.adamW(
      rule, schedule, factor: factor, parameters: parameterMemory.plain.pointer + at,
      gradient: lanes[0].pointer + at, first: slots[0].pointer + at,
      second: slots[1].pointer + at, count: range.count)
  }

  private func treeSum(_ numbers: UnsafeMutablePointer<Float>, _ count: Int) -> Float {
    var distance = 1
    while distance < count {
      for index in stride(from: 0, to: count - distance, by: 2 * distance) {
        numbers[index] += numbers[index + distance]
      }
      distance *= 2
    }
    return numbers[0]
  }
}
