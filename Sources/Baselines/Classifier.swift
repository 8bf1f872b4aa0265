package import Episodes

// Dimension key
//   E  episodes      N  examples in an episode      C  classes

/// A learner of classes. Its scores are logarithms of probabilities up to a constant, so they say how
/// likely each class was.
package protocol Classifier: ProbabilisticLearner {}

extension Classifier {
  package func scoredPredictions(for episodes: [Episode]) throws -> ScoredPredictions {
    let predictions = try predictions(for: episodes)
    var logLikelihoods: [Double] = []
    var start = 0
    for episode in episodes {
      for example in 0..<episode.shape.exampleCount {
        let scores = predictions[start..<start + episode.classCount]
        logLikelihoods.append(
          ClassScores.normalized(scores.map { Double($0) })[episode.label(of: example)])
        start += episode.classCount
      }
    }
    return ScoredPredictions(predictions: predictions, logLikelihoods: logLikelihoods)
  }
}

extension BayesianDiscriminant: Classifier {}
extension BayesianProbit: Classifier {}
extension ExactRecall: Classifier {}
extension GaussianMixtureBayes: Classifier {}
extension HiddenMarkovPosterior: Classifier {}
extension JunctionBayes: Classifier {}
extension KernelClassifier: Classifier {}
extension LogisticRegression: Classifier {}
extension MajorityClass: Classifier {}
extension NGramPosterior: Classifier {}
extension NearestCentroid: Classifier {}
extension ClassRegression: Classifier {}
extension VersionSpaceLearner: Classifier {}
