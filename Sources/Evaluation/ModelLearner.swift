package import Baselines
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
  private let sessions = Mutex<[Question: Compiled]>([:])

  /// What a program computes.
  private enum Question: Hashable {
    /// The predictions of episodes of a shape.
    case predictions(EpisodeShape)
    /// How one of them changes with the input that it is for.
    case sensitivity(EpisodeShape, prediction: Int)

    var shape: EpisodeShape {
      switch self {
      case .predictions(let shape), .sensitivity(let shape, _): shape
      }
    }
  }

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
    guard !trained.format.predictsEveryExample else {
      return try answer(.predictions(shape), for: episodes)
    }
    let (count, width) = (shape.exampleCount, shape.target.width)
    var predictions = [Float](repeating: 0, count: episodes.count * count * width)
    for example in 0..<count {
      let last = try self.predictions(of: example, in: episodes)
      for episode in episodes.indices {
        let place = (episode * count + example) * width
        predictions.replaceSubrange(
          place..<place + width, with: last[episode * width..<(episode + 1) * width])
      }
    }
    return predictions
  }

  /// The model as a learner that reads episodes shorter than those of training too, whatever it knows
  /// of positions.
  package var readingShorterEpisodes: any InContextLearner {
    configuration.readsEveryLength ? self : PaddedLearner(self, to: trained.shape.exampleCount)
  }

  /// What the model answers in one pass.
  private func answer(_ question: Question, for episodes: [Episode]) throws -> [Float] {
    try sessions.withLock { sessions in
      let compiled = try sessions[question] ?? compile(question)
      sessions[question] = compiled
      return try compiled.session.run(tokens: compiled.layout.tokens(of: episodes))
    }
  }

  private func compile(_ question: Question) throws -> Compiled {
    let (shape, known) = (question.shape, trained.shape)
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
    let model = configuration.model(for: layout, precision: precision)
    let program =
      switch question {
      case .predictions: model.inferenceProgram
      case .sensitivity(_, let prediction): model.sensitivityProgram(of: prediction)
      }
    return Compiled(
      layout: layout, session: try engine.compile(program, parameters: parameters))
  }
}

extension ModelLearner: QueryDifferentiable {
  package var isAffineInQuery: Bool { false }

  /// By differentiation of the graph.
  ///
  /// - Throws: as ``predictions(for:)``.
  /// - Complexity: a forward and a backward pass for each episode.
  package func sensitivities(of example: Int, in episodes: [Episode]) throws -> [Double] {
    guard !episodes.isEmpty else { return [] }
    let asked = beginnings(of: episodes, through: example)
    let shape = asked[0].shape
    let prediction = example - trained.format.layout(for: shape).predictedExamples.lowerBound
    return try answer(.sensitivity(shape, prediction: prediction), for: asked).map { Double($0) }
  }

  /// - Throws: as ``predictions(for:)``.
  /// - Complexity: one pass for each episode, up to the example where the model reads every length.
  package func predictions(of example: Int, in episodes: [Episode]) throws -> [Float] {
    guard !episodes.isEmpty else { return [] }
    let asked = beginnings(of: episodes, through: example)
    let layout = trained.format.layout(for: asked[0].shape)
    let predictions = try answer(.predictions(asked[0].shape), for: asked)
    let place = example - layout.predictedExamples.lowerBound
    let width = layout.targetWidth
    return asked.indices.flatMap { index in
      let start = (index * layout.predictionCount + place) * width
      return predictions[start..<start + width]
    }
  }

  /// The episodes, without what an answer about one example does not take if the model reads that, or
  /// answers about the last example only.
  private func beginnings(of episodes: [Episode], through example: Int) -> [Episode] {
    guard configuration.readsEveryLength || !trained.format.predictsEveryExample else {
      return episodes
    }
    return episodes.map { $0.prefix(example + 1) }
  }
}
