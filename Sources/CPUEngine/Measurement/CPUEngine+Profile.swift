package import ComputeGraph
package import Tensors

extension CPUEngine {
  /// Times every part of training steps while all workers run them: sampling, kernels, packing,
  /// and the update.
  ///
  /// Lanes and slices are handed out in turns; otherwise a step is that of a training session.
  ///
  /// - Parameter steps: how many, at least one, after one to warm up.
  /// - Throws: ``EngineError`` if the engine cannot run the program.
  package func profile(
    _ program: TrainingProgram, from state: TrainingState, source: any BatchSource, steps: Int,
    now: @escaping NanosecondClock
  ) throws -> [WorkMeasurement] {
    let profiler = try StepProfiler(program, from: state, source: source, engine: self, now: now)
    return try profiler.run(steps: steps)
  }

  /// Times every kernel of forward passes while all workers run them on zeros.
  ///
  /// - Parameter passes: how many blocks of episodes each worker runs, at least one, after one to
  ///   warm up.
  /// - Throws: ``EngineError`` if the engine cannot run the program.
  package func profile(
    _ program: InferenceProgram, parameters: [Tensor], passes: Int, now: @escaping NanosecondClock
  ) throws -> [WorkMeasurement] {
    let sample = try program.block(1)
    let block = try program.block(Self.blockSize(sample.graph, tokens: sample.inputs[0]))
    let layout = ParameterLayout(block.parameters.map(block.graph.shape(of:)))
    var planner = Planner(
      graph: block.graph, outputs: block.outputs,
      parameterOffsets: layout.offsets(of: block.parameters), gradientOffsets: [:],
      library: library)
    let plan = try planner.plan()
    let plain = AlignedBuffer(count: layout.count)
    layout.write(parameters, to: plain)
    let memory = try ParameterMemory(plain, for: plan, library: library)
    try memory.pack()
    let list = WorkList()
    let numbers = plan.kernels.map { list.number($0.work(plan.products)) }
    let runners = try (0..<pool.count).map { _ in try PlanRunner(plan, library: library) }
    let tallies = runners.map { _ in WorkTally(count: list.works.count, now: now) }
    for pass in 0...passes {
      pool.run { worker in
        let tally = tallies[worker]
        tally.start()
        runners[worker].run(parameters: memory, gradients: plain.pointer) {
          tally.finish(numbers[$0])
        }
      }
      if pass > 0 { list.append(tallies) } else { tallies.forEach { $0.reset() } }
    }
    return list.measurements
  }
}
