import CPUEngine
import ComputeGraph
import Episodes
import Models
import RandomKeys
import Tensors
import Testing

/// A prediction uses what its learner may know, and nothing else, down to the last bit.
struct CausalityTests {
  /// What a model reads and predicts, and in which precision of this processor.
  struct Variant: Sendable {
    let format: PromptFormat
    let target: TargetKind
    let precision: Precision
    var positions = TransformerConfiguration.Positions.learned
  }

  private static let exampleCount = 9

  static let variants = Precision.allCases
    .filter { (try? CPUEngine(workers: 1))?.supports($0) ?? false }
    .flatMap { precision in
      PromptFormat.allCases.flatMap { format in
        [.real, .classes(3), .tokens(3)].filter { format.suits($0) }
          .flatMap { target in
            [.learned, .relative].filter { Self.isReadable(format, with: $0) }.map {
              Variant(format: format, target: target, precision: precision, positions: $0)
            }
          }
      }
    }

  private static func isReadable(
    _ format: PromptFormat, with positions: TransformerConfiguration.Positions
  ) -> Bool {
    ModelConfiguration.transformer(TransformerConfiguration(positions: positions))
      .formats.contains(format)
  }

  @Test(
    "A label changes only the predictions after it",
    arguments: variants.filter { !$0.target.isSequence })
  func labels(_ variant: Variant) throws {
    let (episode, predict) = try model(variant)
    let original = try predict(episode)
    for example in 0..<episode.shape.exampleCount {
      var changed = episode
      changed.targets[example] =
        variant.target == .real ? 3.5 : Float((Int(episode.targets[example]) + 1) % 3)
      // Its own prediction stays, the next one moves.
      try expect(predict(changed), original, of: variant, sameUpTo: example)
    }
  }

  @Test(
    "An input changes only its own prediction and those after; a token is both input and label",
    arguments: variants)
  func inputs(_ variant: Variant) throws {
    let (episode, predict) = try model(variant)
    let original = try predict(episode)
    for example in 0..<episode.shape.exampleCount {
      var changed = episode
      let place = example * episode.shape.inputDimension
      changed.inputs[place] += 1
      if variant.target.isSequence {
        changed.inputs[place].formTruncatingRemainder(dividingBy: 3)
        if example > 0 { changed.targets[example - 1] = changed.inputs[place] }
      }
      try expect(predict(changed), original, of: variant, sameUpTo: example - 1)
    }
  }

  private typealias Predict = (Episode) throws -> [ArraySlice<Float>]

  /// A random episode, and a model with a prediction for each example.
  private func model(_ variant: Variant) throws -> (Episode, Predict) {
    let shape = EpisodeShape(
      exampleCount: Self.exampleCount, inputDimension: variant.target.isSequence ? 1 : 3,
      target: variant.target)
    let layout = variant.format.layout(for: shape)
    let transformer = Transformer(
      TransformerConfiguration(
        width: variant.precision == .float32 ? 16 : 64, layers: 2,
        positions: variant.positions),
      layout: layout, precision: variant.precision)
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
    _ changed: [ArraySlice<Float>], _ original: [ArraySlice<Float>], of variant: Variant,
    sameUpTo last: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let first = variant.format.predictsEveryExample ? 0 : Self.exampleCount - 1
    #expect(original.count == Self.exampleCount - first, sourceLocation: sourceLocation)
    for example in first..<Self.exampleCount {
      let isSame = changed[example - first] == original[example - first]
      #expect(
        isSame == (example <= last), "prediction \(example), change after \(last)",
        sourceLocation: sourceLocation)
    }
  }
}
