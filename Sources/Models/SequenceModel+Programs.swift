package import ComputeGraph
internal import Episodes
internal import Tensors

extension SequenceModel {
  /// The program of training steps: mean loss over the predictions of a batch.
  ///
  /// Squared error for real targets, cross-entropy for classes and tokens.
  ///
  /// - Parameters:
  ///   - batchSize: episodes of a step, a multiple of `laneCount`.
  ///   - laneCount: how many gradient sums the batch is cut into.
  ///   - predictionCount: how many predictions of an episode count, from the first; all if nil.
  package func trainingProgram(
    batchSize: Int, laneCount: Int, predictionCount: Int? = nil, update: UpdateProgram
  ) -> TrainingProgram {
    precondition(batchSize % laneCount == 0, "Lanes divide the batch.")
    let count = predictionCount ?? layout.predictionCount
    precondition((1...layout.predictionCount).contains(count), "Some prediction counts.")
    return TrainingProgram(
      laneCount: laneCount, episodesPerLane: batchSize / laneCount,
      block: { episodes in
        try self.trainingBlock(
          episodes, predictionCount: count, scale: 1 / Float(batchSize * count))
      }, update: update)
  }

  /// The program of predictions.
  package var inferenceProgram: InferenceProgram {
    InferenceProgram { episodes in
      let builder = GraphBuilder()
      let forward = try self.forward(builder, episodes)
      return InferenceProgram.Block(
        graph: builder.graph, inputs: [forward.tokens.value],
        outputs: [forward.predictions.value], parameters: forward.parameters.map(\.value))
    }
  }

  private func trainingBlock(
    _ episodes: Int, predictionCount: Int, scale: Float
  ) throws -> TrainingProgram.Block {
    let builder = GraphBuilder()
    let forward = try forward(builder, episodes)
    let targets = try builder.input("targets", forward.predictions.shape)
    func counted(_ term: Term) throws(ShapeError) -> Term {
      predictionCount == layout.predictionCount
        ? term : try term.slice(axis: 1, start: 0, count: predictionCount)
    }
    let (predicted, expected) = (try counted(forward.predictions), try counted(targets))
    let loss =
      switch layout.shape.target {
      case .real: try predicted.squaredError(target: expected, scale: scale)
      case .classes, .tokens: try predicted.crossEntropy(target: expected, scale: scale)
      }
    let gradients = try builder.gradients(of: loss, withRespectTo: forward.parameters)
    return TrainingProgram.Block(
      graph: builder.graph, tokens: forward.tokens.value, targets: targets.value,
      loss: loss.value, parameters: forward.parameters.map(\.value),
      gradients: gradients.map(\.value))
  }

  /// The forward pass for so many episodes.
  ///
  /// - Parameter trace: takes note of what it computes on the way.
  func forward(
    _ builder: GraphBuilder, _ episodes: Int, _ trace: ActivationTrace = ActivationTrace()
  ) throws -> (tokens: Term, parameters: [Term], predictions: Term) {
    let tokens = try builder.input("tokens", [episodes, layout.tokenCount, layout.tokenWidth])
    var terms: [Term] = []
    var named: [String: Term] = [:]
    for description in parameters {
      let term = try builder.parameter(description.name, description.shape)
      terms.append(term)
      named[description.name] = term
    }
    return (tokens, terms, try predictions(tokens, named, trace))
  }
}
