package import ComputeGraph
package import Episodes
package import RandomKeys
package import TaskFamilies

/// What a run draws, each from a stream of its own below the experiment's seed.
package enum RunStream: Int, Sendable {
  case initialParameters
  case training
  case heldOut
  /// What `manabi evaluate` draws, so that no seed repeats a training task.
  case evaluation
  /// What `manabi generate` draws.
  case generation

  package func key(seed: Int) -> RandomKey {
    RandomKey(seed: UInt64(bitPattern: Int64(seed))).folded(with: rawValue)
  }
}

/// Batches drawn from a family: episode `e` of step `s` is the one that the key folded with `s` and
/// `e` names, as large as the curriculum allows.
package struct EpisodeSource: BatchSource {
  package let family: any TaskFamily
  package let layout: PromptLayout
  package let key: RandomKey
  private let curriculum: Curriculum?

  package init(
    family: any TaskFamily, layout: PromptLayout, key: RandomKey, curriculum: Curriculum? = nil
  ) {
    self.family = family
    self.layout = layout
    self.key = key
    self.curriculum = curriculum
  }

  /// Coordinates of an input that are not zero in a step.
  fileprivate func activeDimension(in step: Int) -> Int {
    let shape = family.episodeShape
    return curriculum?.stage(of: step, shape).activeDimension ?? shape.inputDimension
  }

  package func makeWriter() -> any BatchWriter { EpisodeWriter(self) }
}

/// One worker's means to draw episodes, with an episode that it fills again and again.
private final class EpisodeWriter: BatchWriter {
  private let source: EpisodeSource
  private var episode: Episode

  init(_ source: EpisodeSource) {
    self.source = source
    episode = source.family.makeEpisode()
  }

  func write(
    step: Int, episodes: Range<Int>, tokens: inout MutableSpan<Float>,
    targets: inout MutableSpan<Float>
  ) {
    let key = source.key.folded(with: step)
    let active = source.activeDimension(in: step)
    for index in episodes {
      source.family.sample(key.folded(with: index), activeDimension: active, into: &episode)
      source.layout.write(
        episode, at: index - episodes.lowerBound, tokens: &tokens, targets: &targets)
    }
  }
}
