internal import ComputeGraph
internal import Synchronization
internal import Tensors

// Dimension key
//   E  episodes

/// A forward pass on the cores of this machine, over any number of episodes.
///
/// Sendable because the parallel region gives every block of episodes to one worker.
final class CPUInferenceSession: InferenceSession, @unchecked Sendable {
  private let engine: CPUEngine
  private let program: InferenceProgram
  private let parameters: AlignedBuffer
  private let blockEpisodes: Int
  /// Numbers of an episode in each input.
  private let inputSizes: [Int]
  /// Numbers of an episode in each output.
  private let outputSizes: [Int]
  private var compiled: [Int: Compiled] = [:]

  /// The program for blocks of one size.
  private final class Compiled: Sendable {
    let inputs: [Value]
    let outputs: [Value]
    let runners: [PlanRunner]
    let parameters: ParameterMemory

    init(
      _ program: InferenceProgram, episodes: Int, parameters: AlignedBuffer,
      layout: ParameterLayout, engine: CPUEngine
    ) throws {
      let block = try program.block(episodes)
      inputs = block.inputs
      outputs = block.outputs
      var planner = Planner(
        graph: block.graph, outputs: block.outputs,
        parameterOffsets: layout.offsets(of: block.parameters), gradientOffsets: [:],
        library: engine.library)
      let plan = try planner.plan()
      runners = try (0..<engine.pool.count).map { _ in
        try PlanRunner(plan, library: engine.library)
      }
      self.parameters = try ParameterMemory(parameters, for: plan, library: engine.library)
      try self.parameters.pack()
    }
  }

  private let layout: ParameterLayout

  init(_ program: InferenceProgram, parameters tensors: [Tensor], engine: CPUEngine) throws {
    self.engine = engine
    self.program = program
    let sample = try program.block(1)
    precondition(!sample.inputs.isEmpty, "A program reads episodes.")
    inputSizes = sample.inputs.map { sample.graph.shape(of: $0).count }
    outputSizes = sample.outputs.map { sample.graph.shape(of: $0).count }
    blockEpisodes = CPUEngine.blockSize(sample.graph, tokens: sample.inputs[0])
    layout = ParameterLayout(sample.parameters.map(sample.graph.shape(of:)))
    parameters = AlignedBuffer(count: layout.count)
    layout.write(tensors, to: parameters)
  }

  func load(_ parameters: [Tensor]) throws {
    layout.write(parameters, to: self.parameters)
    for program in compiled.values { try program.parameters.pack() }
  }

  func run(_ inputs: [[Float]]) throws -> [[Float]] {
    precondition(inputs.count == inputSizes.count, "Every input of a program has an array.")
    let episodes = inputs[0].count / inputSizes[0]
    precondition(
      zip(inputs, inputSizes).allSatisfy { $0.count == episodes * $1 },
      "Inputs come as whole episodes.")
    let source = inputs.count == 1 ? inputs[0] : Array(inputs.joined())
    let total = episodes * outputSizes.reduce(0, +)
    let results = try [Float](unsafeUninitializedCapacity: total) { results, count in
      try source.withUnsafeBufferPointer { source in
        try run(
          Memory(
            inputs: source, outputs: results,
            inputStarts: Self.starts(inputSizes, episodes: episodes),
            outputStarts: Self.starts(outputSizes, episodes: episodes)), episodes: episodes)
      }
      count = total
    }
    guard outputSizes.count > 1 else { return [results] }
    return zip(Self.starts(outputSizes, episodes: episodes), outputSizes).map { start, size in
      Array(results[start..<start + episodes * size])
    }
  }

  /// Where each of several arrays begins that lie behind one another.
  private static func starts(_ sizes: [Int], episodes: Int) -> [Int] {
    var end = 0
    return sizes.map { size in
      defer { end += episodes * size }
      return end
    }
  }

  /// The arrays of one run; Sendable because every block touches its own part of them.
  private struct Memory: @unchecked Sendable {
    /// Every input, `[E, …]`, behind one another.
    let inputs: UnsafeBufferPointer<Float>
    /// Every output, `[E, …]`, behind one another.
    let outputs: UnsafeMutableBufferPointer<Float>
    let inputStarts: [Int]
    let outputStarts: [Int]
  }

  /// Runs blocks of one size, and one of what is left, in one parallel region.
  private func run(_ memory: Memory, episodes: Int) throws {
    guard episodes > 0 else { return }
    let whole = try episodes < blockEpisodes ? nil : compiled(blockEpisodes)
    let rest = episodes % blockEpisodes
    let last = try rest == 0 ? nil : compiled(rest)
    let next = Counter()
    engine.pool.run { [self] worker in
      while true {
        let first = next.take() * blockEpisodes
        guard first < episodes else { return }
        let count = min(blockEpisodes, episodes - first)
        guard let compiled = count == blockEpisodes ? whole : last else { return }
        run(compiled, worker, first..<first + count, memory)
      }
    }
    for runner in [whole, last].compactMap(\.self).flatMap(\.runners) where runner.status != 0 {
      throw EngineError.library(function: "dnnl_primitive_execute", status: runner.status)
    }
  }

  /// Runs one block.
  private func run(_ compiled: Compiled, _ worker: Int, _ episodes: Range<Int>, _ memory: Memory) {
    let runner = compiled.runners[worker]
    for (index, size) in inputSizes.enumerated() {
      let start = memory.inputStarts[index] + episodes.lowerBound * size
      let input = memory.inputs.extracting(start..<start + episodes.count * size)
      guard let source = input.baseAddress else { continue }
      runner.array(compiled.inputs[index]).update(from: source, count: input.count)
    }
    runner.run(parameters: compiled.parameters, gradients: parameters.pointer)
    for (index, size) in outputSizes.enumerated() {
      let start = memory.outputStarts[index] + episodes.lowerBound * size
      let output = memory.outputs.extracting(start..<start + episodes.count * size)
      guard let target = output.baseAddress else { continue }
      target.update(from: runner.array(compiled.outputs[index]), count: output.count)
    }
  }

  private func compiled(_ episodes: Int) throws -> Compiled {
    if let known = compiled[episodes] { return known }
    let new = try Compiled(
      program, episodes: episodes, parameters: parameters, layout: layout, engine: engine)
    compiled[episodes] = new
    return new
  }

  private final class Counter: Sendable {
    private let value = Atomic<Int>(0)
    func take() -> Int { value.add(1, ordering: .relaxed).oldValue }
  }
}
