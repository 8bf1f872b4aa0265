package import ComputeGraph
internal import RandomKeys
package import Tensors

/// One way to use an operation, from which every test of operations is made.
package struct OperationRecord: Sendable {
  package let name: String
  package let operands: [OperandDescription]
  /// Whether the first result may be differentiated.
  package let isDifferentiable: Bool
  /// How far an engine may be from the reference, relative to the largest number on the way.
  package let tolerance: Double
  /// Builds the operation on terms for `operands`; returns every result that is to be compared.
  package let build: @Sendable (GraphBuilder, [Term]) throws -> [Term]

  package init(
    _ name: String, _ operands: [OperandDescription], isDifferentiable: Bool = true,
    tolerance: Double = singlePrecisionTolerance,
    build: @escaping @Sendable (GraphBuilder, [Term]) throws -> [Term]
  ) {
    self.name = name
    self.operands = operands
    self.isDifferentiable = isDifferentiable
    self.tolerance = tolerance
    self.build = build
  }

  /// About 160 units in the last place: sums run over at most a few hundred elements in single
  /// precision, and the exponential is good to 2 units.
  package static let singlePrecisionTolerance = 1e-5

  /// A record of an operation with one result that needs no builder.
  package init(
    _ name: String, _ operands: [OperandDescription], isDifferentiable: Bool = true,
    term: @escaping @Sendable ([Term]) throws -> Term
  ) {
    self.init(name, operands, isDifferentiable: isDifferentiable) { _, x in [try term(x)] }
  }

  /// A record of a primitive alone.
  package init(
    _ name: String, _ operands: [OperandDescription], isDifferentiable: Bool = true,
    primitive: Primitive
  ) {
    self.init(name, operands, isDifferentiable: isDifferentiable) { builder, x in
      try builder.append(primitive, x)
    }
  }

  /// The record as a graph.
  package struct Instance {
    package let graph: Graph
    package let results: [Value]
    /// Of the first result, see ``OperationRecord/scalar(_:)``.
    package let scalar: Value?
    /// The operands by which the scalar is differentiated, and their gradients.
    package let differentiated: [OperandDescription]
    package let gradients: [Value]
  }

  /// Builds the graph, with gradients of all that is not data if the record is differentiable.
  package func instance() throws -> Instance {
    let builder = GraphBuilder()
    let terms = try operands.map { operand in
      switch operand.role {
      case .input, .data: try builder.input(operand.name, operand.shape)
      case .parameter: try builder.parameter(operand.name, operand.shape)
      }
    }
    let results = try build(builder, terms)
    guard isDifferentiable else {
      return Instance(
        graph: builder.graph, results: results.map(\.value), scalar: nil, differentiated: [],
        gradients: [])
    }
    let scalar = try scalar(results[0])
    let chosen = operands.indices.filter { operands[$0].role != .data }
    let gradients = try builder.gradients(
      of: scalar, withRespectTo: chosen.map { terms[$0] })
    return Instance(
      graph: builder.graph, results: results.map(\.value), scalar: scalar.value,
      differentiated: chosen.map { operands[$0] }, gradients: gradients.map(\.value))
  }

  /// A scalar in which every element of `result` has a weight of its own.
  ///
  /// - Throws: `ShapeError` never.
  package func scalar(_ result: Term) throws -> Term {
    let weights = RandomKey(seed: 7).uniforms(result.shape.count, in: 0.5..<1.5)
    return try (result * result.builder.constant(weights, result.shape)).sum()
  }

  /// Arrays for all operands, by name.
  package func arrays(seed: UInt64 = 1) -> [String: Tensor] {
    let key = RandomKey(seed: seed)
    return Dictionary(
      uniqueKeysWithValues: operands.enumerated().map { index, operand in
        (operand.name, operand.draw(key.folded(with: index)))
      })
  }
}

extension OperationRecord: CustomStringConvertible {
  package var description: String { name }
}

extension OperationRecord {
  /// Every operation, in every form that takes a path of its own through an engine.
  package static let all: [OperationRecord] =
    elementwise + movement + reductions + contractions + layers + attention + losses
    + compositions + updates

  /// The records whose first result has a derivative.
  package static let differentiable = all.filter(\.isDifferentiable)

  /// The records of what a block computes; updates run once for all blocks.
  package static let blockwise =
    elementwise + movement + reductions + contractions + layers
    + attention + losses + compositions
}
