import Tensors

extension GraphBuilder {
  /// Adds the reverse-mode derivatives of a scalar to the graph.
  ///
  /// - Parameters:
  ///   - loss: a scalar.
  ///   - parameters: the terms by which to differentiate.
  /// - Returns: for each of `parameters` a term of its shape.
  /// - Throws: ``ShapeError`` if `loss` is not a scalar.
  package func gradients(
    of loss: Term, withRespectTo parameters: [Term]
  ) throws(ShapeError) -> [Term] {
    guard loss.shape.rank == 0 else {
      throw ShapeError(
        operation: "gradient", operands: [loss.shape], requirement: "needs a scalar")
    }
    let relevant = descendants(of: parameters.map(\.value))
    var cotangents: [Value: Term] = [loss.value: try fill(1, [])]
    for node in graph.ancestors(of: [loss.value]).reversed() where relevant[node] {
      let operands = graph.nodes[node].operands
      guard !operands.isEmpty, let cotangent = cotangents[Value(node: node, result: 0)] else {
        continue
      }
      let contributions = try pullback(node, cotangent)
      for (operand, contribution) in zip(operands, contributions) where relevant[operand.node] {
        guard let contribution else { continue }
        if let sum = cotangents[operand] {
          cotangents[operand] = try sum + contribution
        } else {
          cotangents[operand] = contribution
        }
      }
    }
    var gradients: [Term] = []
    for parameter in parameters {
      if let gradient = cotangents[parameter.value] {
        gradients.append(gradient)
      } else {
        gradients.append(try fill(0, parameter.shape))
      }
    }
    return gradients
  }

  /// Which nodes depend on any of `values`.
  private func descendants(of values: [Value]) -> [Bool] {
    let sources = Set(values.map(\.node))
    var depends = [Bool](repeating: false, count: graph.nodes.count)
    for node in graph.nodes.indices {
      depends[node] =
        sources.contains(node) || graph.nodes[node].operands.contains { depends[$0.node] }
    }
    return depends
  }
}
