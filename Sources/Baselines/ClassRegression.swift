package import Episodes

// Dimension key
//   E  episodes      N  examples in an episode      C  classes

/// A regression learner that tells classes apart: one regression for each class, whose targets are +1
/// for its examples and -1 for the others. Predictions are the scores.
package struct ClassRegression<Learner: InContextLearner>: InContextLearner {
  package let learner: Learner

  package init(_ learner: Learner) { self.learner = learner }

  package var name: String { "\(learner.name)OnClasses" }

  /// - Parameter episodes: `E`, of `C` classes.
  /// - Returns: `[E, N, C]`
  /// - Complexity: that of the learner for each class; two classes take one regression.
  package func predictions(for episodes: [Episode]) throws -> [Float] {
    guard let classCount = episodes.first?.classCount else { return [] }
    if classCount == 2 {
      return try learner.predictions(for: episodes.map { regression($0, of: 1) })
        .flatMap { [-$0, $0] }
    }
    let scores = try (0..<classCount).map { label in
      try learner.predictions(for: episodes.map { regression($0, of: label) })
    }
    return (0..<scores[0].count).flatMap { place in scores.map { $0[place] } }
  }

  private func regression(_ episode: Episode, of label: Int) -> Episode {
    Episode(
      inputs: episode.inputs, targets: episode.targets.map { $0 == Float(label) ? 1 : -1 },
      of: .real)
  }
}
