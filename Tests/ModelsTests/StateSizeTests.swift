import ComputeGraph
import Episodes
import Models
import Tensors
import Testing

@Suite("The state that a prediction can read")
struct StateSizeTests {
  @Test(
    "is a key and a value for each layer and each token before the last prediction",
    arguments: [(PromptFormat.paired, 9), (.interleaved, 19), (.shifted, 10)])
  func size(format: PromptFormat, tokens: Int) {
    let shape = EpisodeShape(exampleCount: 10, inputDimension: 4, target: .classes(3))
    let transformer = Transformer(
      TransformerConfiguration(width: 32, layers: 3, heads: 2), layout: format.layout(for: shape))
    #expect(transformer.accessibleStateSize == 2 * 3 * 32 * tokens)
    // Outer products of keys and values of 16 numbers, for each of two heads.
    let linear = Transformer(
      TransformerConfiguration(width: 32, layers: 3, heads: 2, attention: .linear),
      layout: format.layout(for: shape))
    #expect(linear.accessibleStateSize == 3 * 2 * 16 * 16)
    #expect(
      transformer.parameterCount
        == transformer.parameters.map(\.shape.count).reduce(0, +))
  }
}
