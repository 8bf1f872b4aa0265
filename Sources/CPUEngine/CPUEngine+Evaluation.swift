package import ComputeGraph
package import Tensors

extension CPUEngine {
  /// Runs a graph once.
  ///
  /// - Parameters:
  ///   - graph: in it, inputs and parameters have names of their own.
  ///   - arrays: those of the inputs and parameters, by name, of their shapes.
  ///   - outputs: the values to compute.
  /// - Returns: one array for each of `outputs`.
  /// - Throws: ``EngineError`` if the graph holds an update, or a kernel fails.
  package func evaluate(
    _ graph: Graph, _ arrays: [String: Tensor], outputs: [Value]
  ) throws -> [Tensor] {
    let nodes = graph.ancestors(of: outputs).map { ($0, graph.nodes[$0].primitive) }
    let parameters = nodes.compactMap { node, primitive in
      if case .parameter(let name, _) = primitive {
        (Value(node: node, result: 0), arrays[name])
      } else {
        nil
      }
    }
    let layout = ParameterLayout(parameters.map { graph.shape(of: $0.0) })
    let memory = AlignedBuffer(count: layout.count)
    layout.write(parameters.compactMap(\.1), to: memory)
    var planner = Planner(
      graph: graph, outputs: outputs,
      parameterOffsets: layout.offsets(of: parameters.map(\.0)), gradientOffsets: [:],
      library: library)
    let plan = try planner.plan()
    let runner = try PlanRunner(plan, library: library)
    let parameterMemory = try ParameterMemory(memory, for: plan, library: library)
    try parameterMemory.pack()
    for (node, primitive) in nodes {
      guard case .input(let name, let shape) = primitive else { continue }
      guard let tensor = arrays[name], tensor.shape == shape else {
        preconditionFailure("Every input of a graph has an array of its shape: \(name).")
      }
      let target = runner.array(Value(node: node, result: 0))
      for (index, element) in tensor.elements.enumerated() { target[index] = element }
    }
    MatrixLibrary.useOneThread()
    runner.run(parameters: parameterMemory, gradients: memory.pointer)
    guard runner.status == 0 else {
      throw EngineError.library(function: "dnnl_primitive_execute", status: runner.status)
    }
    return outputs.map { output in
      let shape = graph.shape(of: output)
      let source = runner.array(output, parameters: memory)
      return Tensor(
        shape: shape, elements: Array(UnsafeBufferPointer(start: source, count: shape.count)))
    }
  }

  /// The plan by which the blocks of a lane run: its kernels, one a line, and where their arrays
  /// lie.
  ///
  /// - Throws: ``EngineError`` if the engine cannot run the program.
  package func planDescription(of program: TrainingProgram) throws -> String {
    try CPUTrainingSession.plan(program, engine: self).plan.description
  }
}

extension PlanRunner {
  /// Any requested output: it may be a parameter or a constant of the graph itself.
  fileprivate func array(
    _ value: Value, parameters: AlignedBuffer
  ) -> UnsafeMutablePointer<Float> {
    guard let slot = plan.slots[value] else {
      preconditionFailure("A plan keeps the outputs that were asked for.")
    }
    switch slot.space {
    case .arena: return array(value)
    case .parameters: return parameters.pointer + slot.offset
    case .constants: return plan.constants.pointer + slot.offset
    case .gradients, .packed: preconditionFailure("An output is an array of the graph.")
    }
  }
}
