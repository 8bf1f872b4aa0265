import ComputeGraph
import Episodes
import Foundation
import Models
import Optimizers
import Tensors

/// What an independent implementation computed in double precision for a small Transformer
/// (`Scripts/make-golden.py`).
struct GoldenFixture: Decodable {
  struct Configuration: Decodable {
    let format: PromptFormat
    let examples: Int
    let inputs: Int
    let classes: Int?
    let width: Int
    let layers: Int
    let heads: Int
    let attention: AttentionRule.Scoring
    let activation: Activation
    let positions: TransformerConfiguration.Positions
    let tied: Bool
  }

  struct OptimizerSettings: Decodable {
    let learningRate: Float
    let beta1: Float
    let beta2: Float
    let epsilon: Float
    let weightDecay: Float
    let clip: Float?
  }

  struct Numbers: Decodable {
    let shape: [Int]
    let values: [Double]

    var floats: [Float] { values.map(Float.init) }
  }

  struct Parameter: Decodable {
    let name: String
    let shape: [Int]
    let values: [Double]
    let gradient: [Double]
    let finalSum: Double
    let finalNorm: Double
  }

  let configuration: Configuration
  let optimizer: OptimizerSettings
  /// `[B, T, F]`
  let tokens: Numbers
  /// `[B, N, C]`
  let targets: Numbers
  let predictionTokens: [Int]
  /// `[B, N, C]`
  let predictions: Numbers
  let gradientNorm: Double
  /// Before each of ten updates.
  let losses: [Double]
  let parameters: [Parameter]

  init(named name: String) throws {
    let url = Bundle.module.bundleURL.appending(path: "Golden/\(name).json")
    self = try JSONDecoder().decode(GoldenFixture.self, from: Data(contentsOf: url))
  }

  var episodeCount: Int { tokens.shape[0] }

  var transformer: Transformer {
    let c = configuration
    let shape = EpisodeShape(
      exampleCount: c.examples, inputDimension: c.inputs,
      target: c.classes.map(TargetKind.classes) ?? .real)
    return Transformer(
      TransformerConfiguration(
        width: c.width, layers: c.layers, heads: c.heads, activation: c.activation,
        attention: c.attention, positions: c.positions, sharesLayers: c.tied),
      layout: c.format.layout(for: shape))
  }

  /// The fixture's optimiser, with its own limit on the gradient's norm or with another.
  func adamW(maximumNorm: Float?) -> AdamWConfiguration {
    AdamWConfiguration(
      learningRate: optimizer.learningRate, warmupSteps: 0, finalShare: 1,
      firstDecay: optimizer.beta1, secondDecay: optimizer.beta2, epsilon: optimizer.epsilon,
      weightDecay: optimizer.weightDecay, maximumNorm: maximumNorm)
  }

  /// The parameters, in the order in which the model lists its own.
  func parameters(orderedAs names: [String]) -> [Parameter] {
    let named = Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0) })
    return names.compactMap { named[$0] }
  }
}

/// The same batch at every step.
struct FixedBatch: BatchSource {
  /// `[B, T, F]`
  let tokens: [Float]
  /// `[B, N, C]`
  let targets: [Float]
  let episodeCount: Int

  func makeWriter() -> any BatchWriter { Writer(batch: self) }

  private final class Writer: BatchWriter {
    private let batch: FixedBatch

    init(batch: FixedBatch) { self.batch = batch }

    func write(
      step: Int, episodes: Range<Int>, tokens: inout MutableSpan<Float>,
      targets: inout MutableSpan<Float>
    ) {
      copy(batch.tokens, episodes, to: &tokens)
      copy(batch.targets, episodes, to: &targets)
    }

    private func copy(
      _ values: [Float], _ episodes: Range<Int>, to span: inout MutableSpan<Float>
    ) {
      let size = values.count / batch.episodeCount
      for index in 0..<episodes.count * size {
        span[index] = values[episodes.lowerBound * size + index]
      }
    }
  }
}
