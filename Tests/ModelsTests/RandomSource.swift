import ComputeGraph
import Episodes
import RandomKeys
import Tensors

/// Episodes of random numbers, each a function of its step and place in the batch.
struct RandomSource: BatchSource {
  let layout: PromptLayout
  let key: RandomKey

  func makeWriter() -> any BatchWriter { Writer(source: self) }

  func episode(step: Int, _ index: Int) -> Episode {
    let key = key.folded(with: step).folded(with: index)
    var episode = Episode(shape: layout.shape)
    episode.inputs = key.folded(with: 0).normals(episode.inputs.count)
    switch layout.shape.target {
    case .real: episode.targets = key.folded(with: 1).normals(episode.targets.count)
    case .classes(let count):
      episode.targets = key.folded(with: 1).integers(episode.targets.count, below: count)
        .map { Float($0) }
    case .tokens(let count):
      let tokens = key.folded(with: 1).integers(episode.targets.count + 1, below: count)
        .map { Float($0) }
      episode.inputs = Array(tokens.dropLast())
      episode.targets = Array(tokens.dropFirst())
    }
    return episode
  }

  /// The batch of a step as whole arrays.
  func batch(step: Int, count: Int) -> (tokens: Tensor, targets: Tensor) {
    var tokens = Tensor(zeros: [count, layout.tokenCount, layout.tokenWidth])
    var targets = Tensor(zeros: [count, layout.predictionCount, layout.targetWidth])
    var tokenSpan = tokens.elements.mutableSpan
    var targetSpan = targets.elements.mutableSpan
    for index in 0..<count {
      layout.write(
        episode(step: step, index), at: index, tokens: &tokenSpan, targets: &targetSpan)
    }
    return (tokens, targets)
  }

  private final class Writer: BatchWriter {
    private let source: RandomSource

    init(source: RandomSource) { self.source = source }

    func write(
      step: Int, episodes: Range<Int>, tokens: inout MutableSpan<Float>,
      targets: inout MutableSpan<Float>
    ) {
      for (index, episode) in episodes.enumerated() {
        source.layout.write(
          source.episode(step: step, episode), at: index, tokens: &tokens, targets: &targets)
      }
    }
  }
}
