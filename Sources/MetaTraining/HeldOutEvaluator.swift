package import ComputeGraph
internal import Episodes
internal import Models
internal import TaskFamilies
package import Tensors

// Dimension key
//   E  held-out episodes      N  predictions      C  width of a prediction

/// How a model does on tasks that training never shows.
package struct HeldOutScore: Codable, Equatable, Sendable {
  /// `squaredError`, normalised so that predicting zero scores 1, or `accuracy`.
  package let metric: String
  /// With no example in the context.
  package let first: Double
  /// With all but one example in the context.
  package let last: Double
  /// Over all context lengths.
  package let mean: Double

  /// By the mean.
  func isBetter(than other: HeldOutScore) -> Bool {
    metric == "accuracy" ? mean > other.mean : mean < other.mean
  }
}

/// Scores parameters on a fixed set of held-out episodes.
package final class HeldOutEvaluator {
  private let session: any InferenceSession
  private let layoutWidth: Int
  private let predictionCount: Int
  private let isClassification: Bool
  private let tokens: [Float]
  private let targets: [Float]

  /// - Throws: `EngineError` if the engine cannot run the model.
  package init(_ trainer: MetaTrainer, parameters: [Tensor], engine: any Engine) throws {
    let experiment = trainer.experiment
    let family = try experiment.evaluationFamily.makeFamily()
    let layout = experiment.format.layout(for: family.episodeShape)
    let count = experiment.heldOut.episodeCount
    let source = EpisodeSource(
      family: family, layout: layout, key: RunStream.heldOut.key(seed: experiment.seed))
    var tokens = [Float](repeating: 0, count: count * layout.tokenCount * layout.tokenWidth)
    var targets = [Float](repeating: 0, count: count * layout.predictionCount * layout.targetWidth)
    var tokenSpan = tokens.mutableSpan
    var targetSpan = targets.mutableSpan
    source.makeWriter().write(
      step: 0, episodes: 0..<count, tokens: &tokenSpan, targets: &targetSpan)
    self.tokens = tokens
    self.targets = targets
    layoutWidth = layout.targetWidth
    predictionCount = layout.predictionCount
    isClassification = layout.shape.target.isDiscrete
    session = try engine.compile(trainer.model.inferenceProgram, parameters: parameters)
  }

  /// - Throws: `EngineError` if a kernel fails.
  package func score(_ parameters: [Tensor]) throws -> HeldOutScore {
    try session.load(parameters)
    let predictions = try session.run(tokens: tokens)
    var sums = [Double](repeating: 0, count: predictionCount)
    let episodes = predictions.count / (predictionCount * layoutWidth)
    for row in 0..<episodes * predictionCount {
      sums[row % predictionCount] += score(predictions, row: row)
    }
    let unit = isClassification ? 1 : meanSquare()
    let curve = sums.map { $0 / Double(episodes) / unit }
    return HeldOutScore(
      metric: isClassification ? "accuracy" : "squaredError", first: curve[0],
      last: curve[curve.count - 1], mean: curve.reduce(0, +) / Double(curve.count))
  }

  /// Squared error, or whether the largest logit is the target's.
  private func score(_ predictions: [Float], row: Int) -> Double {
    let range = row * layoutWidth..<(row + 1) * layoutWidth
    guard isClassification else {
      let difference = Double(predictions[row]) - Double(targets[row])
      return difference * difference
    }
    let best = range.max { predictions[$0] < predictions[$1] } ?? range.lowerBound
    return Double(targets[best])
  }

  private func meanSquare() -> Double {
    targets.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(targets.count)
  }
}
