#if XLA
  internal import ComputeGraph
  internal import PJRT
  internal import StableHLO
  internal import Tensors

  // Dimension key
  //   E  episodes

  /// A forward pass on the first device, over any number of episodes.
  final class XLAInferenceSession: InferenceSession {
    private let engine: XLAEngine
    private let program: InferenceProgram
    private let layout: FlatLayout
    /// Numbers of an episode in each input and each output.
    private let inputSizes: [Int]
    private let outputSizes: [Int]
    private let largestBlock: Int
    private var compiled: [Int: Compiled] = [:]
    /// The parameters; empty while a program has them.
    private var parameters: Buffers
    /// The same on the host.
    private var tensors: [Tensor]

    /// The program for blocks of one size.
    private final class Compiled {
      let executable: Executable
      let inputs: [Shape]
      let outputs: [Shape]

      init(_ program: InferenceProgram, episodes: Int, layout: FlatLayout, engine: XLAEngine) throws
      {
        let block = try program.block(episodes)
        inputs = block.inputs.map(block.graph.shape(of:))
        outputs = block.outputs.map(block.graph.shape(of:))
        let module = try ModuleText(inference: block, layout: layout)
        executable = try engine.executable(module.text, for: [engine.devices[0]])
      }
    }

    /// Rows of tokens in a block: enough to keep a device busy.
    private static let blockRows = 16384

    init(_ program: InferenceProgram, parameters: [Tensor], engine: XLAEngine) throws {
      self.engine = engine
      self.program = program
      tensors = parameters
      let sample = try program.block(1)
      precondition(!sample.inputs.isEmpty, "A program reads episodes.")
      inputSizes = sample.inputs.map { sample.graph.shape(of: $0).count }
      outputSizes = sample.outputs.map { sample.graph.shape(of: $0).count }
      layout = FlatLayout(sample.parameters.map(sample.graph.shape(of:)))
      largestBlock = max(1, Self.blockRows / max(1, sample.graph.shape(of: sample.inputs[0])[1]))
      self.parameters = Buffers(engine.client, deviceCount: 1)
      try load(parameters)
    }

    func load(_ parameters: [Tensor]) throws {
      tensors = parameters
      var buffers = Buffers(engine.client, deviceCount: 1)
      try buffers.append(
        layout.flatten(parameters), shape: [layout.count], on: [engine.devices[0]], of: engine)
      self.parameters = buffers
    }

    func run(_ inputs: [[Float]]) throws -> [[Float]] {
      precondition(inputs.count == inputSizes.count, "Every input of a program has an array.")
      let episodes = inputs[0].count / inputSizes[0]
      precondition(
        zip(inputs, inputSizes).allSatisfy { $0.count == episodes * $1 },
        "Inputs come as whole episodes.")
      var outputs = outputSizes.map { _ in [Float]() }
      for (index, size) in outputSizes.enumerated() {
        outputs[index].reserveCapacity(episodes * size)
      }
      let block = blockSize(for: episodes)
      for first in stride(from: 0, to: episodes, by: block) {
        let count = min(block, episodes - first)
        let part = zip(inputs, inputSizes).map { input, size in
          Array(input[first * size..<(first + count) * size])
        }
        for (index, results) in try run(block: block, part).enumerated() {
          outputs[index] += results.prefix(count * outputSizes[index])
        }
      }
      return outputs
    }

    /// A power of two, so that few programs are compiled.
    private func blockSize(for episodes: Int) -> Int {
      var size = 1
      while size < episodes, 2 * size <= largestBlock { size *= 2 }
      return size
    }

    /// Runs one block, filled up with zeros: no episode sees another.
    private func run(block: Int, _ inputs: [[Float]]) throws -> [[Float]] {
      let compiled = try compiled(block)
      // A program that failed has taken them.
      if parameters.count == 0 { try load(tensors) }
      var arguments = parameters.takeFirst(1)
      for (input, shape) in zip(inputs, compiled.inputs) {
        let filled = input + [Float](repeating: 0, count: shape.count - input.count)
        try arguments.append(filled, shape: shape, on: [engine.devices[0]], of: engine)
      }
      var results = try engine.run(compiled.executable, arguments)
      parameters.append(results.takeFirst(1))
      return try compiled.outputs.enumerated().map { index, shape in
        try results.numbers(index, shape, of: engine)
      }
    }

    private func compiled(_ episodes: Int) throws -> Compiled {
      if let known = compiled[episodes] { return known }
      let new = try Compiled(program, episodes: episodes, layout: layout, engine: engine)
      compiled[episodes] = new
      return new
    }
  }
#endif
