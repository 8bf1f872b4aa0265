import ComputeGraph
import Episodes
import Foundation
import Models
import Optimizers
import Tensors

/// What PyTorch made of a small Transformer in double precision; `Scripts/make-golden.py` says how.
struct GoldenFixture: Decodable, Sendable, CustomStringConvertible {
  struct Configuration: Decodable, Sendable {
    let width, layers, heads, features, outputs, tokens: Int
    let attention: AttentionRule.Scoring
    let activation: Activation
    let tied: Bool
    let format: PromptFormat
    let positions: TransformerConfiguration.Positions
    let loss: String
  }

  struct Optimizer: Decodable, Sendable {
    let learningRate, beta1, beta2, epsilon, weightDecay: Float
    let steps: Int
    let clip: Float?
  }

  struct Array: Decodable, Sendable {
    let shape: [Int]
    let values: [Double]

    var tensor: Tensor { Tensor(shape: Shape(shape), elements: values.map { Float($0) }) }
  }

  struct Parameter: Decodable, Sendable {
    let name: String
    let shape: [Int]
    let values, gradient: [Double]
    let finalSum, finalNorm: Double

    var tensor: Tensor { Tensor(shape: Shape(shape), elements: values.map { Float($0) }) }
  }

  let name: String
  let configuration: Configuration
  let optimizer: Optimizer
  let tokens, targets, predictions: Array
  let predictionTokens: [Int]
  let loss, gradientNorm: Double
  let losses: [Double]
  let parameters: [Parameter]

  var description: String { name }

  static let names = [
    "interleaved-softmax", "paired-classification", "shifted-relu", "linear-attention",
    "tied-blocks",
  ]

  static func named(_ name: String) throws -> GoldenFixture {
    let folder = Bundle.module.bundleURL.appendingPathComponent("Golden")
    let file = folder.appendingPathComponent(name + ".json")
    return try JSONDecoder().decode(GoldenFixture.self, from: Foundation.Data(contentsOf: file))
  }

  var episodeCount: Int { tokens.shape[0] }

  var layout: PromptLayout {
    let isClassification = configuration.loss == "crossEntropy"
    let targetWidth = configuration.format == .interleaved ? 0 : configuration.outputs
    return configuration.format.layout(
      for: EpisodeShape(
        exampleCount: predictionTokens.count,
        inputDimension: configuration.features - targetWidth,
        target: isClassification ? .classes(configuration.outputs) : .real))
  }

  var transformer: Transformer {
    Transformer(
      TransformerConfiguration(
        width: configuration.width, layers: configuration.layers, heads: configuration.heads,
        activation: configuration.activation, attention: configuration.attention,
        positions: configuration.positions, sharesLayers: configuration.tied), layout: layout)
  }

  /// A constant learning rate, as the fixtures have.
  var adamW: AdamWConfiguration {
    AdamWConfiguration(
      learningRate: optimizer.learningRate, warmupSteps: 0, finalShare: 1,
      firstDecay: optimizer.beta1, secondDecay: optimizer.beta2, epsilon: optimizer.epsilon,
      weightDecay: optimizer.weightDecay, maximumNorm: optimizer.clip)
  }

  func program(laneCount: Int) -> TrainingProgram {
    transformer.trainingProgram(
      batchSize: episodeCount, laneCount: laneCount, update: adamW.program)
  }
}
