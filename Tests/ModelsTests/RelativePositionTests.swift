import CPUEngine
import ComputeGraph
import Episodes
import Models
import RandomKeys
import Tensors
import Testing

/// Attention over distances, against the formula evaluated term by term.
@Suite("Relative positions")
struct RelativePositionTests {
  private static let heads = 2
  private static let width = 8
  private static let shape = EpisodeShape(
    exampleCount: 7, inputDimension: 1, target: .tokens(3))

  private static func model(_ format: PromptFormat, _ shape: EpisodeShape) -> Transformer {
    Transformer(
      TransformerConfiguration(
        width: width, layers: 1, heads: heads, expansion: 0, activation: .relu,
        positions: .relative, biases: false),
      layout: format.layout(for: shape))
  }

  @Test("A two-layer model of width 16 has the published weights, but for what is never read")
  func count() {
    let shape = EpisodeShape(exampleCount: 100, inputDimension: 1, target: .tokens(2))
    let model = Transformer(
      TransformerConfiguration(
        width: 16, layers: 2, heads: 1, expansion: 0, positions: .relative, biases: false),
      layout: PromptFormat.tokens.layout(for: shape))
    // 5440 with a row of 16 in each layer that pads the distances.
    #expect(model.parameters.reduce(0) { $0 + $1.shape.count } == 5440 - 2 * 16)
  }

  @Test("One layer is softmax((q · (k + r)) / √K) · v")
  func formula() throws {
    let model = Self.model(.tokens, Self.shape)
    var parameters = model.initialParameters(RandomKey(seed: 5))
    // Distances that matter as much as contents.
    for index in parameters.indices where parameters[index].name.contains("distances") {
      parameters[index].tensor.elements = RandomKey(seed: 6)
        .normals(parameters[index].tensor.elements.count)
    }
    let episode = RandomSource(layout: model.layout, key: RandomKey(seed: 7)).episode(step: 0, 0)
    let session = try CPUEngine(workers: 1).compile(
      model.inferenceProgram, parameters: parameters.map(\.tensor))
    let tokens = model.layout.tokens(of: [episode])
    let found = try session.run(tokens: tokens)
    let expected = Array(
      ReferenceTransformer(
        model, parameters: parameters.map(\.tensor), tokens: tokens.map(Double.init)
      )
      .outputs.joined())
    #expect(found.count == expected.count)
    // Single precision in sums of some ten numbers of size one.
    for (one, other) in zip(found, expected) { #expect(abs(Double(one) - other) < 1e-5) }
  }
}
