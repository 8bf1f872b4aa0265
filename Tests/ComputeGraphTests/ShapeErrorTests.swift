import ComputeGraph
import Tensors
import Testing

struct ShapeErrorTests {
  /// A primitive with operands that do not fit, and what the message must say beside the shapes.
  struct Misfit: Sendable, CustomStringConvertible {
    let primitive: Primitive
    let operands: [Shape]
    let requirement: String

    init(_ primitive: Primitive, _ operands: [Shape], _ requirement: String) {
      self.primitive = primitive
      self.operands = operands
      self.requirement = requirement
    }

    var description: String { primitive.name }
  }

  private static let rule = AttentionRule(
    heads: 2, scoring: .softmax, scale: 1, visibility: .causal(3))

  static let misfits: [Misfit] = [
    Misfit(.add, [[2], [3]], "one shape"),
    Misfit(.divide, [[2, 1], [2]], "one shape"),
    Misfit(.multiply, [[2]], "takes 2 operands"),
    Misfit(.constant([1, 2, 3], shape: [2]), [], "needs 2 numbers"),
    Misfit(.reshape([4]), [[2, 3]], "does not hold as many as [4]"),
    Misfit(.transpose(permutation: [0, 0]), [[2, 3]], "[0, 0] does not order its axes"),
    Misfit(.transpose(permutation: [0]), [[2, 3]], "does not order its axes"),
    Misfit(.broadcast([2, 3], axes: [0]), [[3]], "axes [0] of [2, 3]"),
    Misfit(.broadcast([2, 3], axes: [1, 0]), [[3, 2]], "does not spread"),
    Misfit(.slice(axis: 2, start: 0, stride: 1, count: 1), [[2, 3]], "no axis 2"),
    Misfit(.slice(axis: 1, start: 1, stride: 2, count: 2), [[2, 3]], "element 4 of axis 1"),
    Misfit(.slice(axis: 1, start: 0, stride: 0, count: 2), [[2, 3]], "axis 1"),
    Misfit(.place(axis: 0, start: 1, stride: 2, extent: 3), [[2]], "3 elements along axis 0"),
    Misfit(.sum(axes: [0, 0]), [[2, 3]], "cannot lose axes [0, 0]"),
    Misfit(.sum(axes: [2]), [[2, 3]], "cannot lose axes [2]"),
    Misfit(.maximum(axis: 1), [[2, 0]], "nothing to compare along axis 1"),
    Misfit(
      .matmul(transposeLeft: false, transposeRight: false), [[2, 3], [4, 5]],
      "over 3 and over 4"),
    Misfit(
      .matmul(transposeLeft: true, transposeRight: true), [[2, 3], [4, 5]], "over 2 and over 5"),
    Misfit(
      .matmul(transposeLeft: false, transposeRight: false), [[2, 2, 3], [3, 3, 5]],
      "same leading axes"),
    Misfit(.matmul(transposeLeft: false, transposeRight: false), [[3], [3]], "needs matrices"),
    Misfit(.linear(), [[2, 3], [3, 4], [3]], "[..., I], [I, O] and [O]"),
    Misfit(.layerNorm(epsilon: 1), [[2, 3], [3], [2]], "for each feature"),
    Misfit(.layerNormGradient, [[2, 3], [2, 3], [3], [2], [3]], "layerNorm took and gave"),
    Misfit(.attention(rule), [[1, 3, 4], [1, 2, 4], [1, 2, 4]], "3 queries and 3 keys"),
    Misfit(
      .attention(rule), [[1, 3, 3], [1, 3, 3], [1, 3, 3]], "3 features do not divide into 2"),
    Misfit(.attention(rule), [[1, 3, 4], [1, 3, 4], [1, 3, 2]], "twice [B, keys, D]"),
    Misfit(
      .attentionGradient(rule), [[1, 3, 2], [1, 3, 4], [1, 3, 4], [1, 3, 4], [1, 2, 3, 3]],
      "attention took and gave"),
    Misfit(
      .attentionGradient(rule), [[1, 3, 4], [1, 3, 4], [1, 3, 4], [1, 3, 4], [1, 2, 3, 2]],
      "attention took and gave"),
    Misfit(.squaredError(scale: 1), [[2, 1], [2]], "of one shape"),
    Misfit(.crossEntropy(scale: 1), [[], []], "of one shape"),
    Misfit(.clipByNorm(maximumNorm: 1), [[2, 2]], "one flat vector"),
    Misfit(
      .adamW(AdamWRule(firstDecay: 0, secondDecay: 0, epsilon: 0, weightDecay: 0)),
      [[2], [2], [2], [2], [2]], "three numbers"),
  ]

  @Test("Operands that do not fit are refused with a message that names them", arguments: misfits)
  func refusal(_ misfit: Misfit) throws {
    let error = try #require(throws: ShapeError.self) {
      try misfit.primitive.resultShapes(misfit.operands)
    }
    #expect(error.operation == misfit.primitive.name)
    #expect(error.operands == misfit.operands)
    #expect(error.description.contains(misfit.requirement))
    #expect(error.description.hasPrefix(misfit.primitive.name))
    for shape in misfit.operands { #expect(error.description.contains(shape.description)) }
  }

  @Test("Compositions pass the error of what they are made of")
  func compositions() throws {
    let builder = GraphBuilder()
    let x = try builder.input("x", [2, 3])
    let error = try #require(throws: ShapeError.self) {
      try x.linear(weight: builder.parameter("w", [4, 5]), bias: builder.parameter("b", [5]))
    }
    #expect(
      error.description == "linear of [2, 3] and [4, 5] and [5]: needs [..., I], [I, O] and [O]")
  }

  @Test("A refused node is not added")
  func refusedNodes() throws {
    var graph = Graph()
    let x = try graph.append(.input(name: "x", shape: [2]))
    #expect(throws: ShapeError.self) { try graph.append(.add, [x[0]]) }
    #expect(graph.nodes.count == 1)
  }

  @Test("Only scalars have gradients")
  func gradients() throws {
    let builder = GraphBuilder()
    let x = try builder.input("x", [2])
    let error = try #require(throws: ShapeError.self) {
      try builder.gradients(of: x, withRespectTo: [x])
    }
    #expect(error.description == "gradient of [2]: needs a scalar")
  }

  @Test("Gradients of gradients are refused by name")
  func secondDerivatives() throws {
    let builder = GraphBuilder()
    let x = try builder.input("x", [2, 3])
    let ones = try builder.fill(1, [3])
    let loss = try x.layerNorm(scale: ones, shift: ones, epsilon: 1).tanh().sum()
    let gradient = try builder.gradients(of: loss, withRespectTo: [x])[0]
    let error = try #require(throws: ShapeError.self) {
      try builder.gradients(of: gradient.tanh().sum(), withRespectTo: [x])
    }
    #expect(error.operation == "layerNormGradient")
  }
}
