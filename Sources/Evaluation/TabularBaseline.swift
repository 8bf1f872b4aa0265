package import Baselines
package import Storage

/// A classical learner on the standardised features of a table, to show beside a model.
package struct TabularBaseline: Sendable {
  package let learner: any InContextLearner

  package init(_ learner: any InContextLearner) { self.learner = learner }

  /// One nearest neighbour, logistic regression with penalty 1, and the nearest centroid.
  package static let all = [
    TabularBaseline(NearestNeighbors(1)), TabularBaseline(LogisticRegression()),
    TabularBaseline(NearestCentroid()),
  ]

  /// The probabilities of the context's classes for each query row.
  ///
  /// - Parameter query: with the columns of the context.
  /// - Throws: what the learner throws; ``EvaluationError`` if it predicts a number that is not
  ///   finite.
  package func probabilities(
    for query: FeatureTable, from context: LabeledTable
  ) throws -> ClassProbabilities {
    precondition(query.columns == context.features.columns, "Query and context share columns.")
    let table = StandardizedContext(context)
    let classes = table.classes
    let episodes = QueryEpisodes(
      context: table.inputs, targets: table.labels, queries: table.inputs(of: query),
      inputDimension: table.featureCount, classCount: classes.count)
    let logits = try episodes.logits(of: learner)
    let values = stride(from: 0, to: logits.count, by: classes.count).flatMap { start in
      Logits(logits[start..<start + classes.count]).probabilities
    }
    return ClassProbabilities(classes: classes, lines: query.lines, values: values)
  }
}
