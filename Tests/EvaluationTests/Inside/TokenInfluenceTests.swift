import Episodes
import Evaluation
import Models
import RandomKeys
import TaskFamilies
import Tensors
import Testing

@Suite("Influences of tokens")
struct TokenInfluenceTests {
  private static let bootstrap = Bootstrap(resamples: 50)
  private static let family = LinearRegression {
    $0.dimension = 3; $0.exampleCount = 5
  }

  @Test("A layer that adds nothing passes each token on, and nothing else")
  func identity() throws {
    let layout = PromptFormat.query.layout(for: Self.family.episodeShape)
    let model = try InspectedModel.linear(
      .gradientDescent(inputDimension: 3, learningRates: [0, 0]), layout)
    let influence = try model.influence(
      on: Self.family.episodes(2, key: RandomKey(seed: 2)), bootstrap: Self.bootstrap,
      key: RandomKey(seed: 3))
    // Signs along a diagonal give the norm of the identity of four numbers exactly.
    #expect(influence.rows == Array(0..<5))
    for row in 0..<5 {
      for token in 0..<5 {
        #expect(influence.norms[row * 5 + token] == (row == token ? 2 : 0))
      }
    }
    #expect(influence.related[.itself] == Estimate(value: 2, low: 2, high: 2))
    #expect(influence.related[.previous] == Estimate(value: 0, low: 0, high: 0))
    #expect(influence.others == Estimate(value: 0, low: 0, high: 0))
  }

  @Test("A head that attends to the previous token makes the layer depend on it")
  func copying() throws {
    let layout = PromptFormat.interleaved.layout(for: Self.family.episodeShape)
    func model(distance: Int) throws -> InspectedModel {
      try InspectedModel.transformer(
        TransformerConfiguration(
          width: 8, layers: 2, heads: 1, expansion: 0, positions: .relative), layout
      ) { name, shape, elements in
        guard name.contains("attention.") else { return }
        if name.hasSuffix("query.weight") || name.contains("key") { elements.fill(0) }
        if name.hasSuffix("query.bias") { elements.fill(1) }
        if name.contains("distances") {
          elements.fill(0)
          for feature in 0..<8 { elements[(shape[0] - 1 - distance) * 8 + feature] = 100 }
        }
      }
    }
    let episodes = Self.family.episodes(6, key: RandomKey(seed: 4))
    let copying = try model(distance: 1).influence(
      on: episodes, bootstrap: Self.bootstrap, key: RandomKey(seed: 5))
    let previous = try #require(copying.related[.previous])
    #expect(previous.value > 0.1 && previous.low <= previous.value)
    // All attention goes to one token, whose rivals have a share of e⁻¹⁰⁰.
    #expect(try #require(copying.others).value < 1e-6)
    let looking = try model(distance: 2).influence(
      on: episodes, bootstrap: Self.bootstrap, key: RandomKey(seed: 5))
    // The token before gets attention from the second token only, which has none two before it.
    #expect(try #require(looking.related[.previous]).value < previous.value)
    #expect(try #require(looking.others).value > 0.05)
  }
}
