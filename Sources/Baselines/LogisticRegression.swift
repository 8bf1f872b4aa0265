package import Episodes

// Dimension key
//   E  episodes      N  examples in an episode      D  dimension of an input      C  classes

/// Multinomial logistic regression with a penalty on the weights but not on the intercepts.
///
/// Minimises `-Σ log softmax(W xᵢ + b)[yᵢ] + ½ penalty · |W|²` over the examples of the context
/// anew for every prediction, starting from the minimum before it. Classes without examples are
/// left out of the fit and rank last.
package struct LogisticRegression: InContextLearner {
  package let penalty: Double

  /// - Parameter penalty: positive; 1 suits features of unit variance.
  package init(penalty: Double = 1) {
    precondition(penalty > 0, "Logistic regression needs a positive penalty.")
    self.penalty = penalty
  }

  package var name: String { "logisticRegression" }

  /// Predicts eight episodes side by side, and such groups concurrently; what an episode gets does
  /// not depend on its group.
  ///
  /// - Complexity: O(E · N² · C · D) for each of some tens of evaluations of the Hessian.
  package func predictions(for episodes: [Episode]) throws -> [Float] {
    concurrentMap(count: (episodes.count + 7) / 8) { group in
      let last = min(group * 8 + 8, episodes.count)
      // Lanes without an episode repeat the last one.
      let lanes = (0..<8).map { episodes[min(group * 8 + $0, last - 1)] }
      return predictions(of: lanes).prefix(last - group * 8).flatMap(\.self)
    }.flatMap(\.self)
  }

  /// - Parameter episodes: eight of one shape.
  /// - Returns: for each of them `[N, C]`.
  private func predictions(of episodes: [Episode]) -> [[Float]] {
    let classCount = episodes[0].classCount
    var counts = [[Int]](repeating: [Int](repeating: 0, count: classCount), count: 8)
    var predictions = [[Float]](repeating: [], count: 8)
    var fit = LogisticFit(episodes: episodes, penalty: penalty)
    for example in 0..<episodes[0].shape.exampleCount {
      if example > 0 { fit.minimize(example) }
      let scores = fit.scores(of: example)
      for lane in 0..<8 {
        var own = scores.map { $0[lane] }
        ClassScores.rankUnseen(&own, counts: counts[lane])
        predictions[lane] += own.map { Float($0) }
        counts[lane][episodes[lane].label(of: example)] += 1
      }
    }
    return predictions
  }
}
