internal import Baselines
package import ComputeGraph
package import Episodes
package import Models
internal import Synchronization
package import Tensors

// Dimension key
//   E  episodes      T  tokens of an episode      F  width of a token      N  predictions      C
//   width of a prediction

/// A meta-trained Transformer as an in-context learner.
///
/// Without positions it takes episodes of any length; its programs are compiled once for each
/// shape.
package final class ModelLearner: InContextLearner {
  package let name = "model"
  private let configuration: TransformerConfiguration
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
  ///   - transformer: as it was trained.
  ///   - parameters: in the order of ``Transformer/parameters``.
  package init(_ transformer: Transformer, parameters: [Tensor], engine: any Engine) {
    configuration = transformer.configuration
    trained = transformer.layout
    precision = transformer.precision
    self.parameters = parameters
    self.engine = engine
  }

  /// - Throws: ``EvaluationError`` if the episodes have other inputs, classes or (with trained
  ///   positions) lengths than those of training; `EngineError` if a kernel fails.
  package func predictions(for episodes: [Episode]) throws -> [Float] {
    guard let shape = episodes.first?.shape else { return [] }
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
    guard configuration.positions == .none || shape.exampleCount == known.exampleCount else {
      throw EvaluationError.foreignEpisodes(
        "\(shape.exampleCount) examples, and the model's trained positions are for \(known.exampleCount)"
      )
    }
    let layout = trained.format.layout(for: shape)
    let program = Transformer(
      configuration, layout: layout, precision: precision
    ).inferenceProgram
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
