package import Baselines
package import Episodes
package import RandomKeys
package import TaskFamilies

// Dimension key
//   E  episodes      N  examples in an episode      L  learners      M  metrics of a prediction

extension ContextCurves {
  /// Measures learners on given episodes, all of one shape.
  ///
  /// - Throws: ``EvaluationError`` if there are no episodes or a prediction is not finite; what a
  ///   learner throws.
  /// - SeeAlso: ``measure(learners:shape:episodeCount:key:bootstrap:episodes:)``.
  package static func measure(
    learners: [any InContextLearner], episodes: [Episode], key: RandomKey,
    bootstrap: Bootstrap = Bootstrap()
  ) throws -> ContextCurves {
    guard let shape = episodes.first?.shape else { throw EvaluationError.noEpisodes }
    return try measure(
      learners: learners, shape: shape, episodeCount: episodes.count, key: key,
      bootstrap: bootstrap
    ) { Array(episodes[$0]) }
  }

  /// Measures learners on unseen tasks of a family.
  ///
  /// Episode `i` is the one that `key.folded(with: 0).folded(with: i)` names; the intervals come
  /// from `key.folded(with: 1)`.
  ///
  /// - Throws: ``EvaluationError`` if there are no episodes or a prediction is not finite; what a
  ///   learner throws.
  package static func measure(
    learners: [any InContextLearner], family: any TaskFamily, episodeCount: Int, key: RandomKey,
    bootstrap: Bootstrap = Bootstrap()
  ) throws -> ContextCurves {
    let shape = family.episodeShape
    let tasks = key.folded(with: 0)
    return try measure(
      learners: learners, shape: shape, episodeCount: episodeCount, key: key.folded(with: 1),
      bootstrap: bootstrap
    ) { block in
      block.map { index in
        family.episode(tasks.folded(with: index))
      }
    }
  }

  /// Measures learners on episodes that are asked for in blocks, so that never more than a block of
  /// them is held.
  ///
  /// - Parameters:
  ///   - learners: of different names.
  ///   - shape: of every episode.
  ///   - episodeCount: `E`
  ///   - key: names the bootstrap resamples.
  ///   - episodes: gives the episodes of these numbers.
  /// - Throws: ``EvaluationError`` if there are no episodes or a prediction is not finite; what a
  ///   learner or `episodes` throws.
  /// - Complexity: O(L · M · N) memory for the scores, whatever E, beside one block of episodes and
  ///   its predictions.
  package static func measure(
    learners: [any InContextLearner], shape: EpisodeShape, episodeCount: Int, key: RandomKey,
    bootstrap: Bootstrap = Bootstrap(), episodes: (Range<Int>) throws -> [Episode]
  ) throws -> ContextCurves {
    guard episodeCount > 0 else { throw EvaluationError.noEpisodes }
    let names = learners.map(\.name)
    precondition(Set(names).count == names.count, "Every learner has a name of its own.")
    var scores = ScoreSheet(
      rule: ScoringRule(shape), learners: names, episodeCount: episodeCount)
    // Large enough to fill every worker many times over, small enough for a few megabytes.
    let blockLength = 256
    for start in stride(from: 0, to: episodeCount, by: blockLength) {
      let block = start..<min(start + blockLength, episodeCount)
      let drawn = try episodes(block)
      precondition(drawn.count == block.count, "As many episodes as were asked for.")
      for (index, learner) in learners.enumerated() {
        let predictions = try learner.predictions(for: drawn)
        try scores.record(predictions, of: index, on: drawn, from: start)
      }
      scores.recordTargets(of: drawn, from: start)
    }
    return scores.curves(bootstrap: bootstrap, key: key)
  }
}
