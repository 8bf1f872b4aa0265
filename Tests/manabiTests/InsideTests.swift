import Foundation
import Testing

@Suite("Looking inside")
struct InsideTests {
  /// What a model needs to be trained in a moment, and what is to be found in it.
  struct Sample: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let experiment: String
    let quantities: Set<String>
  }

  static let samples = [
    Sample(
      testDescription: "regression, interleaved",
      experiment: """
        family: {kind: linearRegression, dimension: 2, exampleCount: 5}
        format: interleaved
        model: {width: 16, layers: 2, heads: 2, positions: learned}
        """,
      quantities: ["weights", "moment", "estimate", "prediction", "residual"]),
    // No query of its only layer sees a token of its own example.
    Sample(
      testDescription: "regression, one layer of pairs",
      experiment: """
        family: {kind: linearRegression, dimension: 2, exampleCount: 5}
        model: {width: 16, layers: 1, heads: 2}
        """,
      quantities: ["weights", "moment", "estimate", "prediction", "residual"]),
    Sample(
      testDescription: "classes, shifted",
      experiment: """
        family: {kind: gaussianMixture, dimension: 2, exampleCount: 6}
        format: shifted
        model: {width: 16, layers: 1, heads: 2}
        """,
      quantities: ["moment", "frequencies"]),
    Sample(
      testDescription: "classes, held-out tasks with other latents",
      experiment: """
        family: {kind: prototypeClassification, base: fresh, exampleCount: 6}
        model: {width: 16, layers: 1, heads: 2}
        heldOut: {family: {kind: prototypeClassification, exampleCount: 6}}
        """,
      quantities: ["moment", "frequencies"]),
    Sample(
      testDescription: "chains, relative positions",
      experiment: """
        family: {kind: markovChains, symbolCount: 3, exampleCount: 12}
        format: tokens
        model: {width: 8, layers: 2, heads: 1, expansion: 0, biases: false, positions: relative}
        """,
      quantities: ["frequencies", "transitions"]),
    Sample(
      testDescription: "linear self-attention",
      experiment: """
        family: {kind: linearRegression, dimension: 3, exampleCount: 4}
        format: query
        model: {kind: linearSelfAttention, layers: 2, sharesLayers: true}
        """,
      quantities: ["weights", "moment", "estimate", "prediction", "residual"]),
  ]

  @Test("finds in every kind of model what there is, and writes the report", arguments: samples)
  func everyKind(_ sample: Sample) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      sample.experiment + "\nbatchSize: 16\nlaneCount: 2\nsteps: 4\n", to: "tiny.yaml")
    let trained = try program.run("train", "tiny.yaml")
    #expect(trained.status == 0, "\(trained.errors)")
    let text = try program.run("inside", "checkpoints/tiny", "--episodes", "40")
    #expect(text.status == 0, "\(text.errors)")
    #expect(text.output.contains("layer 1, head 1") && text.output.contains("itself"))
    let page = try #require(program.data("checkpoints/tiny/inside.html"))
    #expect(String(decoding: page, as: UTF8.self).contains("Attention of layer 1, head 1"))
    #expect(try program.run("verify", "checkpoints/tiny/inside.h5").status == 0)

    let json = try program.run(
      "inside", "checkpoints/tiny", "--episodes", "40", "--json", "--no-report", "--workers", "1")
    let found = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let probes = try #require(found["probes"] as? [String: Any])
    let scores = try #require(probes["scores"] as? [[String: Any]])
    #expect(Set(scores.compactMap { $0["quantity"] as? String }) == sample.quantities)
    #expect((found["ablation"] as? [String: Any])?["ablations"] != nil)
    let again = try program.run(
      "inside", "checkpoints/tiny", "--episodes", "40", "--json", "--no-report", "--workers", "2")
    #expect(again.output == json.output)
  }

  @Test("says what is wrong")
  func errors() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(try program.run("inside", "nosuch").status == 66)
    let few = try program.run("inside", "nosuch", "--episodes", "9")
    #expect(few.status == 64 && few.errors.contains("--episodes"))
  }
}
