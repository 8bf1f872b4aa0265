package import ComputeGraph
internal import Tensors

extension ModuleText {
  /// A graph that runs once.
  ///
  /// Arguments: its inputs and parameters in the order of their names. Results: `outputs`.
  ///
  /// - Throws: `ShapeError` never for a graph that was built.
  package init(evaluating graph: Graph, outputs: [Value]) throws {
    var main = FunctionText("main", isPublic: true)
    var sources: [String: Operand] = [:]
    for (index, source) in graph.sources(of: outputs).enumerated() {
      sources[source.name] = main.argument("arg\(index)", TensorType(source.shape))
    }
    let results = try main.emit(graph, outputs: outputs, sources: sources)
    self.init(functions: [main.text(returning: results)])
  }

  /// A function of parameters and inputs.
  ///
  /// Arguments: the parameters as one vector, then each input. Results: the parameters, which pass
  /// through where they lie, then each output.
  ///
  /// - Throws: `ShapeError` never for a block that was built.
  package init(inference block: InferenceProgram.Block, layout: FlatLayout) throws {
    var main = FunctionText("main", isPublic: true)
    let vector = main.argument("parameters", TensorType([layout.count]), keepsResult: 0)
    var sources: [String: Operand] = [:]
    for (index, input) in block.inputs.enumerated() {
      sources[block.graph.name(of: input)] = main.argument(
        "input\(index)", TensorType(block.graph.shape(of: input)))
    }
    for (value, operand) in zip(block.parameters, main.parameters(in: vector, layout)) {
      sources[block.graph.name(of: value)] = operand
    }
    let outputs = try main.emit(block.graph, outputs: block.outputs, sources: sources)
    self.init(functions: [main.text(returning: [vector] + outputs)])
  }

  /// The loss of a block of episodes and its gradient.
  ///
  /// Arguments: the parameters as one vector, tokens, targets. Results: the parameters, the loss,
  /// the gradient as one vector.
  ///
  /// - Throws: `ShapeError` never for a block that was built.
  package init(gradientOf block: TrainingProgram.Block, layout: FlatLayout) throws {
    var main = FunctionText("main", isPublic: true)
    let vector = main.argument("parameters", TensorType([layout.count]), keepsResult: 0)
    let graph = block.graph
    let tokens = main.argument("tokens", TensorType(graph.shape(of: block.tokens)))
    let targets = main.argument("targets", TensorType(graph.shape(of: block.targets)))
    let results = try main.lossAndGradient(block, layout, vector, tokens, targets)
    self.init(functions: [main.text(returning: [vector, results.loss, results.gradient])])
  }
}

extension FunctionText {
  /// Adds the forward and backward pass of a block.
  mutating func lossAndGradient(
    _ block: TrainingProgram.Block, _ layout: FlatLayout, _ vector: Operand, _ tokens: Operand,
    _ targets: Operand
  ) throws -> (loss: Operand, gradient: Operand) {
    let graph = block.graph
    var sources = [graph.name(of: block.tokens): tokens, graph.name(of: block.targets): targets]
    for (value, operand) in zip(block.parameters, parameters(in: vector, layout)) {
      sources[graph.name(of: value)] = operand
    }
    let results = try emit(graph, outputs: [block.loss] + block.gradients, sources: sources)
    return (results[0], flatten(Array(results.dropFirst())))
  }
}
