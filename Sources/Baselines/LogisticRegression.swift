import Episodes

// Dimension key
//   N  examples in an episode      D  dimension of an input      C  classes

/// Multinomial logistic regression with a penalty on the weights but not on the intercepts.
///
/// Minimises `-Σ log softmax(W xᵢ + b)[yᵢ] + ½ penalty · |W|²` over the examples of the context
/// anew for every prediction, starting from the minimum before it. Classes without examples are
/// left out of the fit and rank last.
package struct LogisticRegression: EpisodeLearner {
  package let penalty: Double

  /// - Parameter penalty: positive; 1 suits features of unit variance.
  package init(penalty: Double = 1) {
    precondition(penalty > 0, "Logistic regression needs a positive penalty.")
    self.penalty = penalty
  }

  package var name: String { "logisticRegression" }

  /// - Complexity: O(N² · C · D) for each of some tens of evaluations of the Hessian.
  func predictions(of episode: Episode) -> [Double] {
    let classCount = episode.classCount
    var counts = [Int](repeating: 0, count: classCount)
    var fit = LogisticFit(episode: episode, penalty: penalty)
    return (0..<episode.shape.exampleCount).flatMap { example in
      if counts.count(where: { $0 > 0 }) > 1 { fit.minimize(counts: counts) }
      var scores = fit.scores(of: example)
      ClassScores.rankUnseen(&scores, counts: counts)
      counts[episode.label(of: example)] += 1
      return scores
    }
  }
}
