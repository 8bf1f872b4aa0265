package import Tensors

/// One result of one node of a graph.
package struct Value: Hashable, Sendable {
  package let node: Int
  package let result: Int

  package init(node: Int, result: Int) {
    self.node = node
    self.result = result
  }
}

/// A static computation: nodes in an order in which they can be executed.
package struct Graph: Sendable {
  package struct Node: Sendable {
    package let primitive: Primitive
    package let operands: [Value]
    package let resultShapes: [Shape]
  }

  package internal(set) var nodes: [Node] = []

  package init() {}

  package func shape(of value: Value) -> Shape { nodes[value.node].resultShapes[value.result] }

  /// Adds a node and returns one value for each of its results.
  ///
  /// - Throws: ``ShapeError`` if the operands do not fit the primitive.
  @discardableResult
  package mutating func append(
    _ primitive: Primitive, _ operands: [Value] = []
  ) throws(ShapeError) -> [Value] {
    let shapes = try primitive.resultShapes(operands.map(shape(of:)))
    nodes.append(Node(primitive: primitive, operands: operands, resultShapes: shapes))
    return shapes.indices.map { Value(node: nodes.count - 1, result: $0) }
  }

  /// The nodes that `outputs` need, in order.
  package func ancestors(of outputs: [Value]) -> [Int] {
    var needed = [Bool](repeating: false, count: nodes.count)
    for output in outputs { needed[output.node] = true }
    for node in nodes.indices.reversed() where needed[node] {
      for operand in nodes[node].operands { needed[operand.node] = true }
    }
    return nodes.indices.filter { needed[$0] }
  }
}
