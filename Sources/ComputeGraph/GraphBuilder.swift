package import Tensors

/// Builds a graph from terms that read like the mathematics.
package final class GraphBuilder {
  package private(set) var graph = Graph()

  package init() {}

  package func input(_ name: String, _ shape: Shape) throws(ShapeError) -> Term {
    try append(.input(name: name, shape: shape), [])[0]
  }

  package func parameter(_ name: String, _ shape: Shape) throws(ShapeError) -> Term {
    try append(.parameter(name: name, shape: shape), [])[0]
  }

  package func constant(_ elements: [Float], _ shape: Shape) throws(ShapeError) -> Term {
    try append(.constant(elements, shape: shape), [])[0]
  }

  package func fill(_ number: Float, _ shape: Shape) throws(ShapeError) -> Term {
    try append(.fill(number, shape: shape), [])[0]
  }

  /// Adds a node; every composition ends here.
  ///
  /// - Throws: ``ShapeError`` if the operands do not fit the primitive.
  package func append(_ primitive: Primitive, _ operands: [Term]) throws(ShapeError) -> [Term] {
    precondition(operands.allSatisfy { $0.builder === self }, "Terms of one graph belong together.")
    return try graph.append(primitive, operands.map(\.value)).map { Term(builder: self, value: $0) }
  }
}

/// A value in a graph under construction.
package struct Term {
  package let builder: GraphBuilder
  package let value: Value

  package var shape: Shape { builder.graph.shape(of: value) }

  /// The result of applying a primitive with one result to this term and others.
  func apply(_ primitive: Primitive, _ others: Term...) throws(ShapeError) -> Term {
    try builder.append(primitive, [self] + others)[0]
  }

  /// Whether every element is known to be `number`.
  func isFilled(with number: Float) -> Bool {
    if case .fill(number, _) = builder.graph.nodes[value.node].primitive { true } else { false }
  }
}
