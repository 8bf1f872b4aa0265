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
    let chunk = 32
    let chunkCount = (episodes.count + chunk - 1) / chunk
    return try concurrentMap(count: chunkCount) { index in
      var predictions: [Float] = []
      for episode in episodes[index * chunk..<min((index + 1) * chunk, episodes.count)] {
        predictions += try self.predictions(of: episode).lazy.map { Float($0) }
      }
      return predictions
    }.flatMap(\.self)
  }
}
