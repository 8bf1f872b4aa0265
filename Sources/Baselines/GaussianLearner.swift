package import Episodes

// Dimension key
//   E  episodes      N  examples in an episode

/// A learner of real targets whose predictive distributions are normal.
package protocol GaussianLearner: ProbabilisticLearner {
  /// For each example the distribution of its target, with its noise, given the examples before it.
  ///
  /// - Returns: `[N]`
  func predictiveDistributions(of episode: Episode) throws -> [NormalDistribution]
}

extension GaussianLearner {
  package func predictions(for episodes: [Episode]) throws -> [Float] {
    try episodes.concurrentChunks { chunk in
      try chunk.flatMap { episode in
        try predictiveDistributions(of: episode).map { Float($0.mean) }
      }
    }.flatMap(\.self)
  }

  package func scoredPredictions(for episodes: [Episode]) throws -> ScoredPredictions {
    let parts = try episodes.concurrentChunks { chunk in
      var part = ScoredPredictions()
      for episode in chunk {
        for (example, distribution) in try predictiveDistributions(of: episode).enumerated() {
          part.predictions.append(Float(distribution.mean))
          part.logLikelihoods.append(
            distribution.logarithmOfDensity(at: episode.realTarget(of: example)))
        }
      }
      return part
    }
    return ScoredPredictions(joining: parts)
  }
}
