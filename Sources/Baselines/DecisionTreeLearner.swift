import Episodes
import RealModule

// Dimension key
//   N  examples in an episode      n  the first examples of it     D  dimension of an input
//   C  width of a prediction

/// A greedy decision tree of axis-aligned cuts, grown anew for every context.
///
/// A regression tree minimises squared error and predicts the mean of a leaf; a classification tree
/// minimises Gini impurity and predicts a leaf's votes, where classes without a vote share one
/// hundredth of one. Every cut between two different values of every feature is tried, and a node is
/// cut also where that gains nothing yet, as in the exclusive or of two features. Ties go to the
/// first feature and the lowest cut.
///
/// Garg et al. 2022, <https://arxiv.org/abs/2208.01066>, set a greedy tree beside their
/// Transformers: of depth 2 in the paper, of depth 4 or unlimited in the code.
package struct DecisionTreeLearner: EpisodeLearner {
  /// How many cuts lie above a leaf at most; nil for any number.
  package let maximumDepth: Int?

  /// - Parameter maximumDepth: at least 1; nil grows until targets or inputs of a leaf are equal.
  package init(maximumDepth: Int?) {
    precondition(maximumDepth.map { $0 > 0 } ?? true, "A tree has at least one cut.")
    self.maximumDepth = maximumDepth
  }

  package var name: String { maximumDepth.map { "decisionTree\($0)" } ?? "decisionTree" }

  /// - Complexity: O(N² · D) where cuts are balanced, times `maximumDepth` at most.
  func predictions(of episode: Episode) -> [Double] {
    switch episode.shape.target {
    case .real:
      let targets = (0..<episode.shape.exampleCount).map { episode.realTarget(of: $0) }
      var criterion = SquaredErrorCriterion(targets: targets)
      return predictions(of: episode, &criterion) { leaf in
        let sum = leaf.reduce(0) { $0 + targets[Int($1)] }
        return [leaf.isEmpty ? 0 : sum / Double(leaf.count)]
      }
    case .classes(let count), .tokens(let count):
      let labels = (0..<episode.shape.exampleCount).map { episode.label(of: $0) }
      var criterion = GiniCriterion(labels: labels, classCount: count)
      return predictions(of: episode, &criterion) { leaf in
        var votes = [Double](repeating: 0.01 / Double(count), count: count)
        for example in leaf { votes[labels[Int(example)]] += 1 }
        return votes.map { Double.log($0) }
      }
    }
  }

  private func predictions<Criterion: SplitCriterion>(
    of episode: Episode, _ criterion: inout Criterion, _ prediction: ([Int32]) -> [Double]
  ) -> [Double] {
    var features = FeatureOrders(episode)
    var predictions: [Double] = []
    for example in 0..<episode.shape.exampleCount {
      predictions += prediction(
        features.leaf(of: example, maximumDepth: maximumDepth ?? example, criterion: &criterion))
      features.insertNext()
    }
    return predictions
  }
}
