import Episodes
import Evaluation
import Foundation
import Models
import RandomKeys
import TaskFamilies
import Tensors
import Testing

@Suite("Ablations")
struct AblationTests {
  private static let bootstrap = Bootstrap(resamples: 50)
  private static let family = LinearRegression {
    $0.dimension = 3; $0.exampleCount = 6
  }

  @Test("Silencing a head whose output matrix is zero changes nothing, bit for bit")
  func idleHead() throws {
    let layout = PromptFormat.paired.layout(for: Self.family.episodeShape)
    let model = try InspectedModel.transformer(
      TransformerConfiguration(width: 12, layers: 2, heads: 3), layout
    ) { name, _, elements in
      guard name == "blocks.0.attention.output.weight" else { return }
      // Rows 4 to 7 take what the second head gathers.
      for index in 4 * 12..<8 * 12 { elements[index] = 0 }
    }
    let survey = try model.ablations(
      on: Self.family.episodes(40, key: RandomKey(seed: 2)), bootstrap: Self.bootstrap,
      key: RandomKey(seed: 3))
    #expect(
      survey.ablations.map(\.part) == [
        .head(layer: 1, head: 1), .head(layer: 1, head: 2), .head(layer: 1, head: 3),
        .feedForward(layer: 1), .head(layer: 2, head: 1), .head(layer: 2, head: 2),
        .head(layer: 2, head: 3), .feedForward(layer: 2),
      ])
    let nothing = Estimate(value: 0, low: 0, high: 0)
    for ablation in survey.ablations {
      let isIdle = ablation.part == .head(layer: 1, head: 2)
      #expect((ablation.zero.error == nothing) == isIdle, "\(ablation.part)")
      #expect((ablation.mean.error == nothing) == isIdle, "\(ablation.part)")
    }
    #expect(survey.metric == .normalizedSquaredError && survey.intact.accuracy == nil)
  }

  @Test("Without its only head, gradient descent predicts zero")
  func descent() throws {
    let family = LinearRegression {
      $0.dimension = 4; $0.exampleCount = 21
    }
    let layout = PromptFormat.query.layout(for: family.episodeShape)
    let model = try InspectedModel.linear(
      .gradientDescent(inputDimension: 4, learningRates: [0.7]), layout)
    let survey = try model.ablations(
      on: family.episodes(200, key: RandomKey(seed: 4)), bootstrap: Self.bootstrap,
      key: RandomKey(seed: 5))
    let head = try #require(survey.ablations.first)
    #expect(survey.ablations.count == 1 && survey.intact.error.value < 0.5)
    #expect(abs(survey.intact.error.value + head.zero.error.value - 1) < 1e-6)
    // What it gives on average over tasks is nothing either, up to the spread of 200.
    #expect(abs(head.mean.error.value - head.zero.error.value) < 0.1)
    #expect(head.zero.error.low > 0.3 && head.zero.error.low < head.zero.error.value)
  }

  @Test("Of symbols, a model that calls all alike has the cross-entropy of chance")
  func symbols() throws {
    let episodes = RandomSequences.episodes(30, length: 10, symbols: 3)
    let layout = PromptFormat.tokens.layout(for: episodes[0].shape)
    let model = try InspectedModel.transformer(
      TransformerConfiguration(width: 6, layers: 1, heads: 2, expansion: 0), layout
    ) { name, _, elements in
      if name.hasPrefix("readOut") { elements.fill(0) }
    }
    let survey = try model.ablations(
      on: episodes, bootstrap: Self.bootstrap, key: RandomKey(seed: 6))
    #expect(survey.metric == .crossEntropy && survey.ablations.count == 2)
    #expect(abs(survey.intact.error.value - log(3)) < 1e-6)
    // The first of equal symbols is taken.
    let zeros = episodes.flatMap(\.targets).count { $0 == 0 }
    let accuracy = try #require(survey.intact.accuracy)
    #expect(abs(accuracy.value - Double(zeros) / 300) < 1e-6 && zeros > 0)
    #expect(accuracy.low < accuracy.value && accuracy.value < accuracy.high)
    for ablation in survey.ablations { #expect(ablation.mean.error.value == 0) }
  }
}
