internal import ComputeGraph
internal import Synchronization
internal import Tensors

/// A forward pass on the cores of this machine, over any number of episodes.
///
/// Sendable because the parallel region gives every block of episodes to one worker.
final class CPUInferenceSession: InferenceSession, @unchecked Sendable {
  private let engine: CPUEngine
  private let program: InferenceProgram
  private let parameters: AlignedBuffer
  private let blockEpisodes: Int
  private let tokensPerEpisode: Int
  private let predictionsPerEpisode: Int
  private var compiled: [Int: Compiled] = [:]

  /// The program for blocks of one size.
  private final class Compiled: Sendable {
    let tokens: Value
    let predictions: Value
    let runners: [PlanRunner]
    let parameters: ParameterMemory

    init(
      _ program: InferenceProgram, episodes: Int, parameters: AlignedBuffer,
      layout: ParameterLayout, engine: CPUEngine
    ) throws {
      let block = try program.block(episodes)
      tokens = block.tokens
      predictions = block.predictions
      var planner = Planner(
        graph: block.graph, outputs: [block.predictions],
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
    let tokens = sample.graph.shape(of: sample.tokens)
    tokensPerEpisode = tokens.count
    predictionsPerEpisode = sample.graph.shape(of: sample.predictions).count
    blockEpisodes = CPUEngine.blockSize(sample.graph, tokens: sample.tokens)
    layout = ParameterLayout(sample.parameters.map(sample.graph.shape(of:)))
    parameters = AlignedBuffer(count: layout.count)
    layout.write(tensors, to: parameters)
  }

  func load(_ parameters: [Tensor]) throws {
    layout.write(parameters, to: self.parameters)
    for program in compiled.values { try program.parameters.pack() }
  }

  func run(tokens: [Float]) throws -> [Float] {
    precondition(tokens.count % tokensPerEpisode == 0, "Tokens come as whole episodes.")
    let episodes = tokens.count / tokensPerEpisode
    return try [Float](unsafeUninitializedCapacity: episodes * predictionsPerEpisode) {
      result, count in
      try tokens.withUnsafeBufferPointer { tokens in
        try run(Memory(tokens: tokens, predictions: result), episodes: episodes)
      }
      count = episodes * predictionsPerEpisode
    }
  }

  /// The arrays of one run; Sendable because every block touches its own part of them.
  private struct Memory: @unchecked Sendable {
    let tokens: UnsafeBufferPointer<Float>
    let predictions: UnsafeMutableBufferPointer<Float>
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
    let input = memory.tokens.extracting(
      episodes.lowerBound * tokensPerEpisode..<episodes.upperBound * tokensPerEpisode)
    let output = memory.predictions.extracting(
      episodes.lowerBound * predictionsPerEpisode..<episodes.upperBound * predictionsPerEpisode)
    guard let source = input.baseAddress, let target = output.baseAddress else { return }
    runner.array(compiled.tokens).update(from: source, count: input.count)
    runner.run(parameters: compiled.parameters, gradients: parameters.pointer)
    target.update(from: runner.array(compiled.predictions), count: output.count)
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
