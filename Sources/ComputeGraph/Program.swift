package import Tensors

/// A model as a function from parameters and one block of episodes to predictions and loss.
///
/// The graph is rebuilt for each block size, since shapes are static.
package struct TrainingProgram {
  /// The computation on a block of episodes.
  package struct Block {
    package let graph: Graph
    /// `[episodes, T, F]`
    package let tokens: Value
    /// `[episodes, N, C]`
    package let targets: Value
    package let loss: Value
    package let parameters: [Value]
    /// One for each parameter, of its shape.
    package let gradients: [Value]

    package init(
      graph: Graph, tokens: Value, targets: Value, loss: Value, parameters: [Value],
      gradients: [Value]
    ) {
      self.graph = graph
      self.tokens = tokens
      self.targets = targets
      self.loss = loss
      self.parameters = parameters
      self.gradients = gradients
    }
  }

  /// How many independent gradient sums a batch is cut into; they are added by a fixed binary tree.
  package let laneCount: Int
  /// Episodes of a lane.
  package let episodesPerLane: Int
  /// Builds the computation for a block of so many episodes. Losses of the blocks of a batch add up
  /// to the batch's.
  package let block: (_ episodes: Int) throws -> Block
  package let update: UpdateProgram

  /// Episodes of a step.
  package var batchSize: Int { laneCount * episodesPerLane }

  package init(
    laneCount: Int, episodesPerLane: Int, block: @escaping (Int) throws -> Block,
    update: UpdateProgram
  ) {
    self.laneCount = laneCount
    self.episodesPerLane = episodesPerLane
    self.block = block
    self.update = update
  }
}

/// A function from parameters and inputs to outputs, such as a model from tokens to predictions.
package struct InferenceProgram {
  package struct Block {
    package let graph: Graph
    /// Each `[episodes, …]`; the first of a model are the tokens, `[episodes, T, F]`.
    package let inputs: [Value]
    /// Each `[episodes, …]`, such as predictions, `[episodes, N, C]`.
    package let outputs: [Value]
    package let parameters: [Value]

    package init(graph: Graph, inputs: [Value], outputs: [Value], parameters: [Value]) {
      self.graph = graph
      self.inputs = inputs
      self.outputs = outputs
      self.parameters = parameters
    }
  }

  package let block: (_ episodes: Int) throws -> Block

  package init(block: @escaping (Int) throws -> Block) {
    self.block = block
  }
}

/// How a gradient changes the parameters: a graph over flat vectors of any length.
package struct UpdateProgram: Sendable {
  /// The optimiser's memory, by name, in the order of the update's operands.
  package let slots: [String]
  package let clip: Primitive
  package let rule: Primitive

  /// - Parameters:
  ///   - maximumNorm: the norm to which gradients are clipped; `nil` for none.
  ///   - rule: the constants of AdamW.
  package init(maximumNorm: Float?, rule: AdamWRule) {
    slots = ["firstMoment", "secondMoment"]
    clip = .clipByNorm(maximumNorm: maximumNorm)
    self.rule = .adamW(rule)
  }
}

/// Everything that an update changes.
package struct TrainingState: Sendable, Equatable {
  package var parameters: [Tensor]
  /// For each slot of the update program one tensor a parameter.
  package var slots: [String: [Tensor]]

  package init(parameters: [Tensor], slots: [String: [Tensor]]) {
    self.parameters = parameters
    self.slots = slots
  }
}
