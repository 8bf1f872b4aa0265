package import Episodes

// Dimension key
//   E  episodes      N  examples in an episode

/// A regression learner that tells two classes apart by the sign of its prediction.
///
/// It is shown the targets -1 for class 0 and +1 for class 1; a prediction `f` becomes the scores `-f`
/// and `f`.
package struct SignOf<Learner: InContextLearner>: InContextLearner {
  package let learner: Learner

  package init(_ learner: Learner) { self.learner = learner }

  package var name: String { "\(learner.name)Sign" }

  /// - Parameter episodes: `E`, of two classes.
  /// - Returns: `[E, N, 2]`
  package func predictions(for episodes: [Episode]) throws -> [Float] {
    try learner.predictions(for: episodes.map { regression($0) }).flatMap { [-$0, $0] }
  }

  private func regression(_ episode: Episode) -> Episode {
    precondition(episode.shape.target == .classes(2), "A sign tells two classes apart.")
    var regression = Episode(
      shape: EpisodeShape(
        exampleCount: episode.shape.exampleCount, inputDimension: episode.shape.inputDimension,
        target: .real))
    regression.inputs = episode.inputs
    regression.targets = episode.targets.map { 2 * $0 - 1 }
    return regression
  }
}
