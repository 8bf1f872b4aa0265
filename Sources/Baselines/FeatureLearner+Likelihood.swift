package import Episodes

extension FeatureLearner: ProbabilisticLearner where Learner: ProbabilisticLearner {
  package func scoredPredictions(for episodes: [Episode]) throws -> ScoredPredictions {
    try learner.scoredPredictions(for: episodes.map(mapped))
  }
}
