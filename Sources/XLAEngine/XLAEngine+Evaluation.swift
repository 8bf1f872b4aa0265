#if XLA
  package import ComputeGraph
  internal import PJRT
  internal import StableHLO
  package import Tensors

  extension XLAEngine {
    /// Runs a graph once, on the first device.
    ///
    /// - Parameters:
    ///   - graph: in it, inputs and parameters have names of their own.
    ///   - arrays: those of the inputs and parameters, by name, of their shapes.
    ///   - outputs: the values to compute.
    /// - Returns: one array for each of `outputs`.
    /// - Throws: `EngineError` if the plug-in cannot do it.
    package func evaluate(
      _ graph: Graph, _ arrays: [String: Tensor], outputs: [Value]
    ) throws -> [Tensor] {
      let module = try ModuleText(evaluating: graph, outputs: outputs)
      let executable = try executable(module.text, for: [devices[0]])
      var arguments = Buffers(client, deviceCount: 1)
      for source in graph.sources(of: outputs) {
        guard let tensor = arrays[source.name], tensor.shape == source.shape else {
          preconditionFailure("Every input of a graph has an array of its shape: \(source.name).")
        }
        try arguments.append(tensor.elements, shape: source.shape, on: [devices[0]], of: self)
      }
      let results = try run(executable, arguments)
      return try outputs.enumerated().map { index, output in
        let shape = graph.shape(of: output)
        return Tensor(shape: shape, elements: try results.numbers(index, shape, of: self))
      }
    }
  }
#endif
