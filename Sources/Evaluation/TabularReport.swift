import Baselines
package import Storage

/// What a model predicts for a query, and how often it and the baselines are right.
///
/// Its JSON form is the answer of `manabi predict --json`.
package struct TabularReport: Codable, Equatable, Sendable {
  package struct Row: Codable, Equatable, Sendable {
    /// The line of the query file, from 1.
    package let line: Int
    /// The most probable class.
    package let label: String
    /// The true class, if the query has the target column.
    package let truth: String?
    /// `[K]`, in the order of the report's classes.
    package let probabilities: [Double]
  }

  /// The name of the column of classes.
  package let target: String
  /// `[K]`: the classes of the context.
  package let classes: [String]
  /// `[Q]`
  package let rows: [Row]
  /// By the names of the learners, if the query has the target column.
  package let accuracy: [String: Double]?
  /// The names of the learners, the model first.
  package let order: [String]

  /// Predicts a query from a context with a model, and with the baselines where truths are known.
  ///
  /// - Throws: ``TableError`` if the context has more classes than the model knows;
  ///   ``EvaluationError`` if a prediction is
  ///   not finite; what a learner throws.
  package init(
    query: QueryTable, context: LabeledTable, predictor: TabularPredictor,
    baselines: [TabularBaseline] = TabularBaseline.all
  ) throws {
    let model = try predictor.probabilities(for: query.features, from: context)
    let width = model.classes.count
    target = context.target
    classes = model.classes
    rows = model.labels.enumerated().map { index, label in
      Row(
        line: model.lines[index], label: label, truth: query.labels?[index],
        probabilities: Array(model.values[index * width..<(index + 1) * width]))
    }
    order = [predictor.learner.name] + baselines.map(\.learner.name)
    guard let truths = query.labels else {
      accuracy = nil
      return
    }
    var accuracy = [predictor.learner.name: model.accuracy(against: truths)]
    for baseline in baselines {
      accuracy[baseline.learner.name] = try baseline.probabilities(
        for: query.features, from: context
      ).accuracy(against: truths)
    }
    self.accuracy = accuracy
  }
}
