import ComputeGraph
import Foundation
import StableHLO
import Tensors
import TestSupport
import Testing

/// The text of every primitive: what a compiler makes of it is seen in `XLAEngineTests`.
struct PrimitiveTextTests {
  /// One use of a primitive.
  struct Use: Sendable, CustomStringConvertible {
    let description: String
    let operands: [Shape]
    let primitive: Primitive

    init(_ name: String, _ operands: [Shape], _ primitive: Primitive) {
      description = name
      self.operands = operands
      self.primitive = primitive
    }
  }

  private static let visibility = Visibility.causal(3)

  static let uses = [
    Use("add", [[2, 3], [2, 3]], .add),
    Use("subtract", [[2, 3], [2, 3]], .subtract),
    Use("multiply", [[2, 3], [2, 3]], .multiply),
    Use("divide", [[2, 3], [2, 3]], .divide),
    Use("affine", [[2, 3]], .affine(scale: -2, offset: 1e-5)),
    Use("affineWithoutOffset", [[2, 3]], .affine(scale: 0.1, offset: 0)),
    Use("exponential", [[3]], .exponential),
    Use("logarithm", [[3]], .logarithm),
    Use("tanh", [[3]], .tanh),
    Use("squareRoot", [[3]], .squareRoot),
    Use("step", [[3]], .step),
    Use("reshape", [[2, 3]], .reshape([6])),
    Use("transpose", [[2, 3, 4]], .transpose(permutation: [2, 0, 1])),
    Use("broadcast", [[3]], .broadcast([2, 3], axes: [1])),
    Use("slice", [[2, 9]], .slice(axis: 1, start: 1, stride: 3, count: 2)),
    Use("place", [[2, 2]], .place(axis: 1, start: 1, stride: 3, extent: 9)),
    Use("sum", [[2, 3, 4]], .sum(axes: [0, 2])),
    Use("maximum", [[2, 3]], .maximum(axis: 1)),
    Use(
      "matmul", [[5, 2, 3], [5, 3, 4]], .matmul(transposeLeft: false, transposeRight: false)),
    Use(
      "matmulTransposed", [[3, 2], [4, 3]], .matmul(transposeLeft: true, transposeRight: true)),
    Use(
      "matmulRounded", [[2, 3], [3, 4]],
      .matmul(transposeLeft: false, transposeRight: false, precision: .bfloat16)),
    Use("fill", [], .fill(.infinity, shape: [2, 3])),
    Use("constant", [], .constant([1, -0.5, 3, .pi], shape: [2, 2])),
    Use("constantOfNone", [], .constant([], shape: [0, 2])),
    Use("linear", [[2, 3], [3, 4], [4]], .linear()),
    Use("layerNorm", [[2, 3], [3], [3]], .layerNorm(epsilon: 1e-5)),
    Use(
      "layerNormGradient", [[2, 3], [2, 3], [2], [2], [3]], .layerNormGradient),
    Use("gelu", [[3]], .activation(.gelu)),
    Use("relu", [[3]], .activation(.relu)),
    Use(
      "attention", [[1, 3, 4], [1, 3, 4], [1, 3, 4]],
      .attention(
        AttentionRule(heads: 2, scoring: .softmax, scale: 0.5, visibility: visibility))),
    Use(
      "attentionGradient", [[1, 3, 4], [1, 3, 4], [1, 3, 4], [1, 3, 4], [1, 2, 3, 3]],
      .attentionGradient(
        AttentionRule(heads: 2, scoring: .linear, scale: 0.5, visibility: visibility))),
    Use("squaredError", [[2, 1], [2, 1]], .squaredError(scale: 0.5)),
    Use("crossEntropy", [[2, 3], [2, 3]], .crossEntropy(scale: 0.5)),
    Use("clipByNorm", [[5]], .clipByNorm(maximumNorm: 1)),
    Use(
      "adamW", [[5], [5], [5], [5], [3]],
      .adamW(AdamWRule(firstDecay: 0.9, secondDecay: 0.999, epsilon: 1e-8, weightDecay: 0.01))),
  ]

  @Test("A primitive has the text that was looked at", arguments: uses)
  func text(_ use: Use) throws {
    let builder = GraphBuilder()
    let operands = try use.operands.enumerated().map { index, shape in
      try builder.input("operand\(index)", shape)
    }
    let results = try builder.append(use.primitive, operands)
    let module = try ModuleText(evaluating: builder.graph, outputs: results.map(\.value))
    try Snapshot.expect(module.text, named: use.description)
  }

  @Test("What is the same everywhere is written once")
  func constants() throws {
    let builder = GraphBuilder()
    let x = try builder.input("x", [2])
    let ones = try builder.constant([1, 1], [2])
    let sum = try (x + ones) + builder.fill(1, [2])
    let text = try ModuleText(evaluating: builder.graph, outputs: [sum.value]).text
    #expect(text.components(separatedBy: "stablehlo.constant").count == 2)
  }

  @Test(
    "Numbers are read back to the bit",
    arguments: [
      0, -0.0, 1, 0.1, 1e-5, 1e30, .pi, .infinity, .nan, .leastNonzeroMagnitude, 16_777_216,
    ])
  func numbers(_ number: Float) throws {
    let builder = GraphBuilder()
    let fill = try builder.fill(number, [])
    let text = try ModuleText(evaluating: builder.graph, outputs: [fill.value]).text
    let literal = try #require(
      text.split(separator: "dense<").last?.split(separator: ">").first.map(String.init))
    let read =
      literal.hasPrefix("0x")
      ? UInt32(literal.dropFirst(2), radix: 16).map(Float.init(bitPattern:))
      : Double(literal).map { Float($0) }
    #expect(read?.bitPattern == number.bitPattern)
    #expect(literal.hasPrefix("0x") || literal.contains("."))
  }
}
