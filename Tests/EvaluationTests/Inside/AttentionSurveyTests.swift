import Episodes
import Evaluation
import Foundation
import Models
import RandomKeys
import Tensors
import Testing

@Suite("Surveys of attention")
struct AttentionSurveyTests {
  private static let bootstrap = Bootstrap(resamples: 50)

  @Test("A head that attends to the previous token has that share, and no entropy")
  func previousToken() throws {
    let episodes = RandomSequences.episodes(4, length: 12, symbols: 3)
    let layout = PromptFormat.tokens.layout(for: episodes[0].shape)
    // Every query is the bias, keys are zero: scores are those of the distance alone.
    let model = try InspectedModel.transformer(
      TransformerConfiguration(
        width: 8, layers: 2, heads: 2, expansion: 0, positions: .relative), layout
    ) { name, shape, elements in
      guard name.contains("attention") else { return }
      if name.hasSuffix("query.weight") || name.contains("key") { elements.fill(0) }
      if name.hasSuffix("query.bias") { elements.fill(1) }
      if name.contains("distances") {
        elements.fill(0)
        // Row `T − 2` is the distance of one.
        for feature in 0..<4 { elements[(shape[0] - 2) * 8 + feature] = 100 }
      }
    }
    let survey = try model.attention(
      on: episodes, bootstrap: Self.bootstrap, key: RandomKey(seed: 2))
    #expect(survey.relations == [.itself, .previous, .sameLabel, .afterSameSymbol])
    #expect(survey.layers.count == 2)
    for layer in survey.layers {
      #expect(layer.queries == Array(0..<12) && layer.keyCount == 12)
      let head = layer.heads[0]
      // Single precision; the first token, which can attend to itself only, has nothing before it.
      #expect(abs(try #require(head.shares[.previous]).value - 1) < 1e-6)
      #expect(abs(try #require(head.shares[.itself]).value - 1 / 12.0) < 1e-6)
      #expect(head.entropy.value < 1e-4)
      for query in 1..<12 {
        #expect(abs(layer.mean[query * 12 + query - 1] - 1) < 1e-6)
      }
      // The other head sees no distances and spreads its attention evenly.
      let even = layer.heads[1]
      for relation in survey.relations {
        let (found, expected) = (even.shares[relation], layer.even.shares[relation])
        #expect(abs((found?.value ?? 0) - (expected?.value ?? 1)) < 1e-6, "\(relation)")
      }
      let entropy = (1...12).reduce(0) { $0 + log(Double($1)) } / 12
      #expect(abs(even.entropy.value - entropy) < 1e-5)
      #expect(abs(layer.even.entropy.value - entropy) < 1e-6)
    }
  }

  @Test("In a sequence, symbols are followed to where they stood and to what came behind them")
  func induction() throws {
    // Of the symbols 0 1 0 2 0, the last zero has two before it, with 1 and 2 behind them.
    let episode = Episode(inputs: [0, 1, 0, 2, 0], targets: [1, 0, 2, 0, 1], of: .tokens(3))
    let layout = PromptFormat.tokens.layout(for: episode.shape)
    let model = try InspectedModel.transformer(
      TransformerConfiguration(width: 4, layers: 1, heads: 1, expansion: 0), layout
    ) { name, _, elements in
      if name.contains("query") { elements.fill(0) }
    }
    let survey = try model.attention(
      on: [episode], bootstrap: Self.bootstrap, key: RandomKey(seed: 2))
    let even = survey.layers[0].even.shares
    // The third token sees one earlier zero of three tokens, the fifth two of five.
    #expect(abs(try #require(even[.sameLabel]).value - (1 / 3.0 + 2 / 5.0) / 2) < 1e-6)
    #expect(abs(try #require(even[.afterSameSymbol]).value - (1 / 3.0 + 2 / 5.0) / 2) < 1e-6)
    #expect(even[.partner] == nil)
  }

  @Test("Relations are those of the format")
  func formats() throws {
    let episode = Episode(
      inputs: [1, 2, 3, 4], targets: [0, 1, 0, 1], of: .classes(2))
    func even(_ format: PromptFormat) throws -> [TokenRelation: Estimate] {
      let model = try InspectedModel.transformer(
        TransformerConfiguration(width: 4, layers: 2, heads: 1), format.layout(for: episode.shape))
      return try model.attention(
        on: [episode], bootstrap: Self.bootstrap, key: RandomKey(seed: 2)
      ).layers[0].even.shares
    }
    // x1 y1 x2 y2 …: of two, four, six and eight tokens that a y sees one is its x. Labels repeat
    // from the third on: x3 sees y1 among five, y3 among six, x4 sees y2 among seven, y4 among eight.
    let interleaved = try even(.interleaved)
    let partners = (1 / 2.0 + 1 / 4.0 + 1 / 6.0 + 1 / 8.0) / 4
    #expect(abs(try #require(interleaved[.partner]).value - partners) < 1e-6)
    let labels = (1 / 5.0 + 1 / 6.0 + 1 / 7.0 + 1 / 8.0) / 4
    #expect(abs(try #require(interleaved[.sameLabel]).value - labels) < 1e-6)
    // Queries see earlier examples only, of which the third and fourth have one of their class.
    let paired = try even(.paired)
    #expect(paired[.partner] == nil)
    let same = (1 / 3.0 + 1 / 4.0 + 1 / 2.0 + 1 / 3.0) / 4
    #expect(abs(try #require(paired[.sameLabel]).value - same) < 1e-6)
    // Token j holds y of the one before, which holds its x.
    let shifted = try even(.shifted)
    #expect(shifted[.partner]?.value == shifted[.previous]?.value)
  }
}
