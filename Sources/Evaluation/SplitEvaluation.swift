import Baselines
package import RandomKeys
package import Storage

/// How often a model and the baselines classify the rest of a table rightly from some of its rows,
/// over random splits.
package struct SplitEvaluation: Codable, Equatable, Sendable {
  /// The accuracy of a learner over the splits.
  package struct Accuracy: Codable, Equatable, Sendable {
    package let mean: Double
    /// The standard deviation over splits divided by the root of their number; zero for one split.
    package let standardError: Double
    /// One for each split.
    package let splits: [Double]

    init(splits: [Double]) {
      let count = Double(splits.count)
      let mean = splits.reduce(0, +) / count
      let squares = splits.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      self.mean = mean
      self.splits = splits
      standardError = splits.count > 1 ? (squares / (count - 1) / count).squareRoot() : 0
    }
  }

  package let contextRows: Int
  package let queryRows: Int
  /// By the names of the learners.
  package let accuracy: [String: Accuracy]
  /// The names of the learners, the model first.
  package let order: [String]

  /// Splits a table several times, each time into random context rows and the rest as queries.
  ///
  /// Splits are plain: a class may by chance be rare in a context, or missing, as in real use.
  ///
  /// - Parameters:
  ///   - table: with its classes.
  ///   - contextRows: fewer than the table has.
  ///   - splitCount: at least 1.
  ///   - key: names the splits; the predictor has its own.
  /// - Throws: ``EvaluationError`` if the table is too small or a prediction is not finite;
  ///   ``TableError`` if it has more classes
  ///   than the model knows; what a learner throws.
  package init(
    table: LabeledTable, contextRows: Int, splitCount: Int, predictor: TabularPredictor,
    baselines: [TabularBaseline] = TabularBaseline.all, key: RandomKey
  ) throws {
    let rowCount = table.features.rowCount
    guard (1..<max(rowCount, 1)).contains(contextRows) else {
      throw EvaluationError.impossibleSplit(rows: rowCount, contextRows: contextRows)
    }
    precondition(splitCount > 0, "At least one split is needed.")
    try table.checkClassCount(atMost: predictor.classCount)
    let names = [predictor.learner.name] + baselines.map(\.learner.name)
    var accuracies = [[Double]](repeating: [], count: names.count)
    for split in 0..<splitCount {
      let order = key.folded(with: split).permutation(rowCount).map(Int.init)
      let context = table.selecting(Array(order[..<contextRows]))
      let query = table.selecting(Array(order[contextRows...]))
      let report = try TabularReport(
        query: QueryTable(features: query.features, labels: query.labels), context: context,
        predictor: predictor, baselines: baselines)
      for (index, name) in names.enumerated() {
        accuracies[index].append(report.accuracy?[name] ?? 0)
      }
    }
    self.contextRows = contextRows
    queryRows = rowCount - contextRows
    order = names
    accuracy = Dictionary(
      uniqueKeysWithValues: zip(names, accuracies.map(Accuracy.init(splits:))))
  }
}
