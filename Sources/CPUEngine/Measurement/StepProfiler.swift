internal import ComputeGraph
internal import Tensors

/// Training steps in which every part is timed.
///
/// Sendable because workers take lanes and slices of their own, with barriers between the phases.
final class StepProfiler: @unchecked Sendable {
  private let pool: WorkerPool
  private let program: TrainingProgram
  private let block: TrainingProgram.Block
  private let blockEpisodes: Int
  private let layout: ParameterLayout
  private let parameters: ParameterMemory
  private let lanes: [AlignedBuffer]
  private let slots: [AlignedBuffer]
  private let runners: [PlanRunner]
  private let writers: [any BatchWriter]
  private let rule: AdamWRule
  private let list = WorkList()
  private let tallies: [WorkTally]
  private let slices: [Range<Int>]

  // The numbers of the works.
  private let packing: [Int]
  private let sampling: Int
  private let kernels: [Int]
  private let reduction: [Int]
  private let updating: [Int]

  init(
    _ program: TrainingProgram, from state: TrainingState, source: any BatchSource,
    engine: CPUEngine, now: @escaping NanosecondClock
  ) throws {
    guard case .adamW(let rule) = program.update.rule else {
      throw EngineError.unsupported("its update is not AdamW")
    }
    self.rule = rule
    self.program = program
    pool = engine.pool
    let planned = try CPUTrainingSession.plan(program, engine: engine)
    (block, layout, blockEpisodes) = (planned.block, planned.layout, planned.episodes)
    let (plan, count, list) = (planned.plan, layout.count, list)
    parameters = try ParameterMemory(
      AlignedBuffer(count: count), for: plan, library: engine.library)
    layout.write(state.parameters, to: parameters.plain)
    lanes = (0..<program.laneCount).map { _ in AlignedBuffer(count: count) }
    slots = program.update.slots.map { _ in AlignedBuffer(count: count) }
    runners = try (0..<pool.count).map { _ in try PlanRunner(plan, library: engine.library) }
    writers = runners.map { _ in source.makeWriter() }
    slices = stride(from: 0, to: count, by: CPUTrainingSession.sliceSize).map {
      $0..<min($0 + CPUTrainingSession.sliceSize, count)
    }

    packing = plan.packings.map {
      list.number(MeasuredWork(.packing, plan.products[$0.product].shape.right))
    }
    sampling = list.number(
      MeasuredWork(.sampling, block.graph.shape(of: block.tokens).extents))
    kernels = plan.kernels.map { list.number($0.work(plan.products)) }
    reduction = slices.map {
      list.number(MeasuredWork(.laneReduction, [program.laneCount, $0.count]))
    }
    updating = slices.map { list.number(MeasuredWork(.update, [$0.count])) }
    tallies = runners.map { _ in WorkTally(count: list.works.count, now: now) }
  }

  /// Takes one step to warm up and then `steps` that count.
  ///
  /// - Throws: `EngineError` if a kernel fails.
  func run(steps: Int) throws -> [WorkMeasurement] {
    for step in 0...steps {
      pool.run { [self] worker in take(step, worker) }
      if let status = runners.map(\.status).first(where: { $0 != 0 }) {
        throw EngineError.library(function: "dnnl_primitive_execute", status: status)
      }
      if step == 0 { tallies.forEach { $0.reset() } } else { list.append(tallies) }
    }
    return list.measurements
  }

  private func take(_ step: Int, _ worker: Int) {
    let tally = tallies[worker]
    tally.start()
    for weight in share(of: packing.count, worker) {
      let status = parameters.packed[weight].pack(from: parameters.plain)
      if status != 0 { runners[worker].fail(status) }
      tally.finish(packing[weight])
    }
    pool.barrier()
    for lane in share(of: lanes.count, worker) { computeLane(lane, step, worker) }
    pool.barrier()
    tally.start()
    for slice in share(of: slices.count, worker) {
      _ = Update.reduce(lanes, over: slices[slice])
      tally.finish(reduction[slice])
    }
    pool.barrier()
    tally.start()
    for slice in share(of: slices.count, worker) {
      update(slices[slice])
      tally.finish(updating[slice])
    }
  }

  /// Every how manyth lane or slice is the worker's.
  private func share(of count: Int, _ worker: Int) -> StrideTo<Int> {
    stride(from: worker, to: count, by: pool.count)
  }

  private func computeLane(_ lane: Int, _ step: Int, _ worker: Int) {
    let (runner, tally) = (runners[worker], tallies[worker])
    let start = lane * program.episodesPerLane
    for first in stride(from: 0, to: program.episodesPerLane, by: blockEpisodes) {
      tally.start()
      let tokens = UnsafeMutableBufferPointer(
        start: runner.array(block.tokens), count: block.graph.shape(of: block.tokens).count)
      let targets = UnsafeMutableBufferPointer(
        start: runner.array(block.targets), count: block.graph.shape(of: block.targets).count)
      var tokenSpan = tokens.mutableSpan
      var targetSpan = targets.mutableSpan
      writers[worker].write(
        step: step, episodes: start + first..<start + first + blockEpisodes, tokens: &tokenSpan,
        targets: &targetSpan)
      tally.finish(sampling)
      runner.run(
        parameters: parameters, gradients: lanes[lane].pointer, adding: first > 0
      ) { tally.finish(kernels[$0]) }
    }
  }

  /// A step so small that the parameters stay what they are.
  private func update(_ range: Range<Int>) {
    let at = range.lowerBound
    let schedule = UpdateSchedule(learningRate: 1e-12, firstCorrection: 1, secondCorrection: 1)
    _ = Update.adamW(
      rule, schedule, factor: 1, parameters: parameters.plain.pointer + at,
      gradient: lanes[0].pointer + at, first: slots[0].pointer + at,
      second: slots[1].pointer + at, count: range.count)
  }
}
