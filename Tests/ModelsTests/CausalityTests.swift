import CPUEngine
import ComputeGraph
import Episodes
import Models
import RandomKeys
import Tensors
import Testing

/// A prediction uses what its learner may know, and nothing else, down to the last bit.
struct CausalityTests {
  static let targets: [TargetKind] = [.real, .classes(3)]

  @Test("A label changes only the predictions after it", arguments: PromptFormat.allCases, targets)
  func labels(_ format: PromptFormat, _ target: TargetKind) throws {
    let (episode, predict) = try model(format, target)
    let original = try predict(episode)
    for example in 0..<episode.shape.exampleCount {
      var changed = episode
      changed.targets[example] =
        target == .real ? 3.5 : Float((Int(episode.targets[example]) + 1) % 3)
      // Its own prediction stays, the next one moves.
      try expect(predict(changed), original, sameUpTo: example)
    }
  }

  @Test(
    "An input changes only its own prediction and those after", arguments: PromptFormat.allCases,
    targets)
  func inputs(_ format: PromptFormat, _ target: TargetKind) throws {
    let (episode, predict) = try model(format, target)
    let original = try predict(episode)
    for example in 0..<episode.shape.exampleCount {
      var changed = episode
      changed.inputs[example * episode.shape.inputDimension] += 1
      try expect(predict(changed), original, sameUpTo: example - 1)
    }
  }

  private typealias Predict = (Episode) throws -> [ArraySlice<Float>]

  /// A random episode, and a model with a prediction for each example.
  private func model(
    _ format: PromptFormat, _ target: TargetKind
  ) throws -> (Episode, Predict) {
    let shape = EpisodeShape(exampleCount: 9, inputDimension: 3, target: target)
    let layout = format.layout(for: shape)
    let transformer = Transformer(
      TransformerConfiguration(width: 16, layers: 2, positions: .learned), layout: layout)
    let session = try CPUEngine(workers: 1).compile(
      transformer.inferenceProgram,
      parameters: transformer.initialParameters(RandomKey(seed: 2)).map(\.tensor))
    let source = RandomSource(layout: layout, key: RandomKey(seed: 8))
    return (
      source.episode(step: 0, 0),
      { episode in
        var tokens = [Float](repeating: 0, count: layout.tokenCount * layout.tokenWidth)
        var targets = [Float](repeating: 0, count: layout.predictionCount * layout.targetWidth)
        var tokenSpan = tokens.mutableSpan
        var targetSpan = targets.mutableSpan
        layout.write(episode, tokens: &tokenSpan, targets: &targetSpan)
        let predictions = try session.run(tokens: tokens)
        return stride(from: 0, to: predictions.count, by: layout.targetWidth).map {
          predictions[$0..<$0 + layout.targetWidth]
        }
      }
    )
  }

  private func expect(
    _ changed: [ArraySlice<Float>], _ original: [ArraySlice<Float>], sameUpTo last: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for example in original.indices {
      let isSame = changed[example] == original[example]
      #expect(
        isSame == (example <= last), "prediction \(example), change after \(last)",
        sourceLocation: sourceLocation)
    }
  }
}
