package import ComputeGraph
package import Episodes
package import Storage

// Dimension key
//   B  episodes in a batch      E  episodes of the set

/// Batches read from a task set: episode `e` of step `s` is number `(s·B + e) mod E` of the set.
///
/// Reading may fail, and an engine's writers may not: so ``prepare(_:)`` reads the batch of a step
/// before the step is taken, and the workers copy from memory.
package final class TaskSetSource: BatchSource, @unchecked Sendable {
  // `batch` changes in `prepare` only, which is called between steps, when no worker writes.
  private let reader: TaskSetReader
  private let layout: PromptLayout
  private var batch: EpisodeArrays

  /// - Parameters:
  ///   - reader: a set whose episodes fit the layout.
  ///   - layout: how the model reads them.
  ///   - batchSize: `B`
  package init(_ reader: TaskSetReader, layout: PromptLayout, batchSize: Int) {
    precondition(reader.set.shape.reads(like: layout.shape), "The set's episodes fit the layout.")
    self.reader = reader
    self.layout = layout
    let shape = layout.shape.withoutLatents
    let zeros = [Float](repeating: 0, count: batchSize * shape.exampleCount)
    batch = EpisodeArrays(
      shape: shape,
      inputs: [Float](repeating: 0, count: zeros.count * shape.inputDimension),
      targets: zeros, latents: [])
  }

  /// Reads the batch of a step.
  ///
  /// - Throws: `StorageError` if a shard cannot be read or was changed.
  package func prepare(_ step: Int) throws {
    var index = 0
    while index < batch.count {
      let number = Self.number(
        ofEpisode: index, step: step, batchSize: batch.count, episodeCount: reader.episodeCount)
      let end = min(reader.episodeCount, number + batch.count - index)
      try reader.visit(number..<end) { arrays, other in
        batch.replace(index, with: other, of: arrays)
        index += 1
      }
    }
  }

  /// `(s·B + e) mod E`
  private static func number(
    ofEpisode index: Int, step: Int, batchSize: Int, episodeCount: Int
  ) -> Int {
    // The product of the remainders is that of the numbers, and does not overflow.
    let start = step % episodeCount * (batchSize % episodeCount) % episodeCount
    return (start + index) % episodeCount
  }

  package func makeWriter() -> any BatchWriter { Writer(self) }

  /// One worker's means to write episodes, with an episode that it fills again and again.
  private final class Writer: BatchWriter {
    private let source: TaskSetSource
    private var episode: Episode

    init(_ source: TaskSetSource) {
      self.source = source
      episode = Episode(shape: source.layout.shape)
    }

    func write(
      step: Int, episodes: Range<Int>, tokens: inout MutableSpan<Float>,
      targets: inout MutableSpan<Float>
    ) {
      for index in episodes {
        source.batch.copy(index, into: &episode)
        source.layout.write(
          episode, at: index - episodes.lowerBound, tokens: &tokens, targets: &targets)
      }
    }
  }
}
