import Episodes

// Dimension key
//   E  episodes      N  examples in an episode      M  metrics of a prediction
//   C  width of a prediction

/// How predictions of episodes of one shape are scored.
struct ScoringRule: Sendable {
  let shape: EpisodeShape
  /// What the scores of a prediction are, the one to compare learners by first.
  let metrics: [EvaluationMetric]

  init(_ shape: EpisodeShape) {
    self.shape = shape
    metrics =
      switch shape.target {
      case .real: [.normalizedSquaredError]
      case .classes, .tokens: [.accuracy, .logProbability]
      }
  }

  /// The scores of what a learner predicts; squared errors are not divided yet.
  ///
  /// - Parameters:
  ///   - predictions: `[E, N, C]`
  ///   - learner: its name.
  ///   - episodes: `[E]`
  ///   - first: the number of the first of these episodes.
  /// - Returns: `[E, M, N]`
  /// - Throws: ``EvaluationError/nonFinitePrediction(learner:episode:contextLength:)``.
  func scores(
    of predictions: [Float], by learner: String, on episodes: [Episode], from first: Int
  ) throws(EvaluationError) -> [Double] {
    let (count, width) = (shape.exampleCount, shape.target.width)
    precondition(
      predictions.count == episodes.count * count * width, "A prediction of each target.")
    var scores = [Double](repeating: 0, count: episodes.count * metrics.count * count)
    for (offset, episode) in episodes.enumerated() {
      precondition(episode.shape == shape, "Evaluated episodes have one shape.")
      for example in 0..<count {
        let start = (offset * count + example) * width
        let prediction = predictions[start..<start + width]
        guard prediction.allSatisfy(\.isFinite) else {
          throw .nonFinitePrediction(
            learner: learner, episode: first + offset, contextLength: example)
        }
        let place = offset * metrics.count * count + example
        let truth = episode.targets[example]
        switch shape.target {
        case .real:
          let error = Double(predictions[start]) - Double(truth)
          scores[place] = error * error
        case .classes, .tokens:
          let (logits, label) = (Logits(prediction), Int(truth))
          scores[place] = logits.best == label ? 1 : 0
          scores[place + count] = logits.logProbabilities[label]
        }
      }
    }
    return scores
  }

  /// The sum of all squared targets of episodes with real ones; else zero.
  func targetSquares(of episodes: [Episode]) -> Double {
    guard shape.target == .real else { return 0 }
    return episodes.reduce(0) { sum, episode in
      episode.targets.reduce(sum) { $0 + Double($1) * Double($1) }
    }
  }

  /// What scores are divided by: the mean squared target; 1 for classes and where all targets are
  /// zero, which have no scale.
  ///
  /// - Parameter targetSquares: the sum over all episodes.
  func divisor(targetSquares: Double, episodeCount: Int) -> Double {
    let meanSquare = targetSquares / Double(episodeCount * shape.exampleCount)
    return shape.target == .real && meanSquare > 0 ? meanSquare : 1
  }
}
