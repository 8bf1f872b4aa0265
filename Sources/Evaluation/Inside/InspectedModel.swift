package import ComputeGraph
package import Episodes
package import Models
package import Tensors

// Dimension key
//   E  episodes      T  tokens of an episode      F  width of a token

/// A model with its parameters, to look inside.
package struct InspectedModel {
  package let model: any SequenceModel
  /// In the order of `SequenceModel.parameters`.
  package let parameters: [Tensor]
  package let engine: any Engine

  package init(model: any SequenceModel, parameters: [Tensor], engine: any Engine) {
    self.model = model
    self.parameters = parameters
    self.engine = engine
  }

  package var layout: PromptLayout { model.layout }

  /// The tokens to which the rows of an activation belong: all, or those that predict.
  func tokens(ofRows count: Int) -> [Int] {
    count == layout.tokenCount ? Array(0..<count) : layout.predictionTokens
  }

  /// The places of activations, each with its shape for one episode.
  func activations(
    where isWanted: (ActivationPlace) -> Bool
  ) throws -> [(place: ActivationPlace, shape: Shape)] {
    try model.activations().filter { isWanted($0.place) }
  }

  /// Computes activations, block by block of episodes, so that never more than a block of them is held.
  ///
  /// - Parameter body: called for each block in order, with its episodes and for each of `places` its
  ///   activations, `[block, …]`.
  /// - Throws: ``EvaluationError/nonFiniteActivation(episode:)``; `EngineError` if a kernel fails; what
  ///   `body` throws.
  func read(
    _ places: [ActivationPlace], of episodes: [Episode],
    _ body: (_ block: Range<Int>, _ activations: [[Float]]) throws -> Void
  ) throws {
    let session = try engine.compile(
      model.activationProgram(of: places), parameters: parameters)
    let size = try activations(where: places.contains).reduce(0) { $0 + $1.shape.count }
    let length = max(1, min(Self.blockLength, Self.blockSize / size))
    for block in episodes.indices.blocks(of: length) {
      let activations = try session.run([layout.tokens(of: Array(episodes[block]))])
      for activation in activations {
        if let place = activation.firstIndex(where: { !$0.isFinite }) {
          let episode = block.lowerBound + place / (activation.count / block.count)
          throw EvaluationError.nonFiniteActivation(episode: episode)
        }
      }
      try body(block, activations)
    }
  }

  /// So many episodes, or numbers of their activations, exist at a time.
  private static let blockLength = 64
  private static let blockSize = 1 << 24
}

extension Range<Int> {
  /// The range in pieces of a length, of which the last may be shorter.
  func blocks(of length: Int) -> [Range<Int>] {
    stride(from: lowerBound, to: upperBound, by: length).map {
      $0..<Swift.min($0 + length, upperBound)
    }
  }
}
