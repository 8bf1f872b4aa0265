/// A table with a class for each of its rows.
package struct LabeledTable: Equatable, Sendable {
  package let features: FeatureTable
  /// The name of the column of classes.
  package let target: String
  /// `[R]`
  package let labels: [String]

  package init(features: FeatureTable, target: String, labels: [String]) {
    precondition(labels.count == features.rowCount, "A label for each row.")
    self.features = features
    self.target = target
    self.labels = labels
  }

  /// The different labels in the order of their Unicode scalars.
  package var classes: [String] { Set(labels).sorted() }

  /// The rows of these numbers, in this order.
  package func selecting(_ rows: [Int]) -> LabeledTable {
    LabeledTable(
      features: features.selecting(rows), target: target, labels: rows.map { labels[$0] })
  }

  /// Checks that a model of `known` classes can take the table as context.
  ///
  /// - Throws: ``TableError`` at the first row whose class is one too many.
  package func checkClassCount(atMost known: Int) throws(TableError) {
    let found = classes.count
    guard found > known else { return }
    var seen: Set<String> = []
    for (label, line) in zip(labels, features.lines) {
      seen.insert(label)
      if seen.count > known {
        throw TableError(
          source: features.source, row: line, .tooManyClasses(found: found, known: known))
      }
    }
  }
}
