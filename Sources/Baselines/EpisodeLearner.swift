import Episodes

// Dimension key
//   E  episodes      N  examples in an episode      C  width of a prediction

/// A learner that predicts one episode at a time, in double precision.
protocol EpisodeLearner: InContextLearner {
  /// Predicts every target of `episode` from the examples before it.
  ///
  /// - Returns: `[N, C]`
  func predictions(of episode: Episode) throws -> [Double]
}

extension EpisodeLearner {
  /// Predicts episodes concurrently; the result does not depend on how many threads there are.
  package func predictions(for episodes: [Episode]) throws -> [Float] {
    try episodes.concurrentChunks { chunk in
      try chunk.flatMap { episode in try self.predictions(of: episode).map { Float($0) } }
    }.flatMap(\.self)
  }
}
