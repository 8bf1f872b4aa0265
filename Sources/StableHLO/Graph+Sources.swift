package import ComputeGraph
package import Tensors

extension Primitive {
  /// The name and the shape of an input or a parameter; nil of all else.
  var source: (name: String, shape: Shape)? {
    if case .input(let name, let shape) = self { return (name, shape) }
    if case .parameter(let name, let shape) = self { return (name, shape) }
    return nil
  }
}

extension Graph {
  /// The name of an input or a parameter.
  func name(of value: Value) -> String {
    guard let source = nodes[value.node].primitive.source else {
      preconditionFailure("Inputs and parameters have names.")
    }
    return source.name
  }

  /// The inputs and parameters that `outputs` need, by name.
  package func sources(of outputs: [Value]) -> [(name: String, shape: Shape)] {
    ancestors(of: outputs).compactMap { nodes[$0].primitive.source }.sorted { $0.name < $1.name }
  }
}
