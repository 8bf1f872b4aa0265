package import Baselines
package import Episodes

// Dimension key
//   N  examples in an episode      C  width of a prediction

/// A learner that is shown shorter episodes as if they went on.
///
/// Predictions depend on what stands before them alone, so what follows may be anything; here it is
/// the last example, again and again. A model with trained positions then reads episodes of any
/// length up to that of training.
package struct PaddedLearner: InContextLearner {
  package let name: String
  private let learner: any InContextLearner
  /// `N` of the episodes that the learner is shown.
  private let exampleCount: Int

  /// - Parameters:
  ///   - learner: of episodes of one length.
  ///   - exampleCount: that length; longer episodes stay as they are.
  package init(_ learner: any InContextLearner, to exampleCount: Int) {
    name = learner.name
    self.learner = learner
    self.exampleCount = exampleCount
  }

  package func predictions(for episodes: [Episode]) throws -> [Float] {
    guard let shape = episodes.first?.shape, shape.exampleCount < exampleCount else {
      return try learner.predictions(for: episodes)
    }
    let predictions = try learner.predictions(for: episodes.map(padded))
    let (kept, width) = (shape.exampleCount * shape.target.width, exampleCount * shape.target.width)
    return stride(from: 0, to: predictions.count, by: width).flatMap {
      predictions[$0..<$0 + kept]
    }
  }

  private func padded(_ episode: Episode) -> Episode {
    let missing = exampleCount - episode.shape.exampleCount
    let input = episode.inputs.suffix(episode.shape.inputDimension)
    let target = episode.targets.suffix(1)
    return Episode(
      inputs: episode.inputs + (0..<missing).flatMap { _ in input },
      targets: episode.targets + (0..<missing).flatMap { _ in target }, of: episode.shape.target)
  }
}
