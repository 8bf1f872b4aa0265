internal import Baselines
package import ComputeGraph
package import Episodes
package import Models
internal import Synchronization
package import Tensors

// Dimension key
//   E  episodes      T  tokens of an episode      F  width of a token      N  examples
//   C  width of a prediction

/// A meta-trained model as an in-context learner.
///
/// Without positions it takes episodes of any length; its programs are compiled once for each
/// shape. Where the format predicts the last example only, the beginnings of an episode are read
/// one after the other.
package final class ModelLearner: InContextLearner {
  package let name = "model"
  private let configuration: ModelConfiguration
  private let trained: PromptLayout
  private let precision: Precision
  private let parameters: [Tensor]
  private let engine: any Engine
  private let sessions = Mutex<[EpisodeShape: Compiled]>([:])

  /// A compiled program; used under the lock only.
  private struct Compiled: @unchecked Sendable {
    let layout: PromptLayout
    let session: any InferenceSession
  }

  /// - Parameters:
  ///   - configuration: the model's architecture.
  ///   - layout: of the episodes of training.
  ///   - parameters: in the order of `SequenceModel.parameters`.
  package init(
    _ configuration: ModelConfiguration, trainedOn layout: PromptLayout, precision: Precision,
    parameters: [Tensor], engine: any Engine
  ) {
    self.configuration = configuration
    trained = layout
    self.precision = precision
    self.parameters = parameters
    self.engine = engine
  }

  /// - Throws: ``EvaluationError`` if the episodes have other inputs, classes or (with trained
  ///   positions) lengths than those of training; `EngineError` if a kernel fails.
  /// - Complexity: one pass over the tokens of each episode; one for each example where a pass
  ///   predicts the last example only.
  package func predictions(for episodes: [Episode]) throws -> [Float] {
    guard let shape = episodes.first?.shape else { return [] }
    guard !trained.format.predictsEveryExample else { return try run(episodes) }
    let (count, width) = (shape.exampleCount, shape.target.width)
    var predictions = [Float](repeating: 0, count: episodes.count * count * width)
    for example in 0..<count {
      let last = try run(episodes.map { $0.prefix(example + 1) })
      for episode in episodes.indices {
        let place = (episode * count + example) * width
        predictions.replaceSubrange(
          place..<place + width, with: last[episode * width..<(episode + 1) * width])
      }
    }
    return predictions
  }

  /// What the model predicts in one pass, for each example that the format predicts.
  private func run(_ episodes: [Episode]) throws -> [Float] {
    let shape = episodes[0].shape
    return try sessions.withLock { sessions in
      let compiled = try sessions[shape] ?? compile(shape)
      sessions[shape] = compiled
      return try compiled.session.run(tokens: tokens(of: episodes, compiled.layout))
    }
  }

  private func compile(_ shape: EpisodeShape) throws -> Compiled {
    let known = trained.shape
    guard shape.inputDimension == known.inputDimension, shape.target == known.target else {
      throw EvaluationError.foreignEpisodes(
        "inputs of dimension \(shape.inputDimension), the model takes \(known.inputDimension), "
          + "or another kind of target")
    }
    guard configuration.readsEveryLength || shape.exampleCount == known.exampleCount else {
      throw EvaluationError.foreignEpisodes(
        "\(shape.exampleCount) examples, and the model's trained positions are for \(known.exampleCount)"
      )
    }
    let layout = trained.format.layout(for: shape)
    let program = configuration.model(for: layout, precision: precision).inferenceProgram
    return Compiled(
      layout: layout, session: try engine.compile(program, parameters: parameters))
  }

  /// `[E, T, F]`
  private func tokens(of episodes: [Episode], _ layout: PromptLayout) -> [Float] {
    let size = layout.tokenCount * layout.tokenWidth
    var tokens = [Float](repeating: 0, count: episodes.count * size)
    var targets = [Float](
      repeating: 0, count: episodes.count * layout.predictionCount * layout.targetWidth)
    var tokenSpan = tokens.mutableSpan
    var targetSpan = targets.mutableSpan
    for (index, episode) in episodes.enumerated() {
      layout.write(episode, at: index, tokens: &tokenSpan, targets: &targetSpan)
    }
    return tokens
  }
}
