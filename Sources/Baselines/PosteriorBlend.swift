package import Episodes
import RealModule

// Dimension key
//   E  episodes      N  examples in an episode      C  width of a prediction

/// The Bayes-optimal learner of a mixture of families, made of their optimal learners.
///
/// After `k` examples a member has the weight `αᵢ pᵢ(y_0 … y_{k-1}) / Σ αⱼ pⱼ(y_0 … y_{k-1})`. Real
/// predictions are averaged with these weights; of classes, the probabilities are.
///
/// Source: Panwar et al. 2024, "In-context learning through the Bayesian prism".
package struct PosteriorBlend: ProbabilisticLearner {
  package let members: [(weight: Double, learner: any ProbabilisticLearner)]

  /// - Parameter members: at least one, with positive weights; only their ratios matter.
  package init(members: [(weight: Double, learner: any ProbabilisticLearner)]) {
    precondition(
      !members.isEmpty && members.allSatisfy { $0.weight > 0 },
      "A blend needs members with positive weights.")
    self.members = members
  }

  package var name: String { "posteriorBlend" }

  package func predictions(for episodes: [Episode]) throws -> [Float] {
    try scoredPredictions(for: episodes).predictions
  }

  /// - Complexity: that of the members together.
  package func scoredPredictions(for episodes: [Episode]) throws -> ScoredPredictions {
    let scores = try members.map { try $0.learner.scoredPredictions(for: episodes) }
    var blend = ScoredPredictions()
    for index in episodes.indices {
      var logarithms = members.map { Double.log($0.weight) }
      let shape = episodes[index].shape
      for example in 0..<shape.exampleCount {
        let place = index * shape.exampleCount + example
        let total = logarithms.logarithmOfSum
        let weights = logarithms.map { $0 - total }
        let range = place * shape.target.width..<(place + 1) * shape.target.width
        let predictions = scores.map { $0.predictions[range] }
        switch shape.target {
        case .real: blend.predictions.append(mean(predictions, weights))
        case .classes, .tokens:
          blend.predictions += logarithmsOfMeanProbabilities(predictions, weights)
        }
        let joint = zip(weights, scores).map { $0 + $1.logLikelihoods[place] }
        let likelihood = joint.logarithmOfSum
        blend.logLikelihoods.append(likelihood)
        // A target that is impossible to all members tells nothing about which of them to trust.
        if likelihood != -.infinity { logarithms = joint }
      }
    }
    return blend
  }

  /// - Parameters:
  ///   - predictions: of each member, one number.
  ///   - weights: of each member, as logarithms.
  private func mean(_ predictions: [ArraySlice<Float>], _ weights: [Double]) -> Float {
    var mean = 0.0
    for (prediction, weight) in zip(predictions, weights) {
      for number in prediction { mean += .exp(weight) * Double(number) }
    }
    return Float(mean)
  }

  /// - Parameters:
  ///   - predictions: of each member, `[C]`.
  ///   - weights: of each member, as logarithms.
  /// - Returns: `[C]`
  private func logarithmsOfMeanProbabilities(
    _ predictions: [ArraySlice<Float>], _ weights: [Double]
  ) -> [Float] {
    let logarithms = predictions.map { ClassScores.normalized($0.map { Double($0) }) }
    return logarithms[0].indices.map { label in
      Float(zip(weights, logarithms).map { $0 + $1[label] }.logarithmOfSum)
    }
  }
}
