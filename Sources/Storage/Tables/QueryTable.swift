/// Rows to predict, and their true classes where these are known.
package struct QueryTable: Equatable, Sendable {
  package let features: FeatureTable
  /// `[R]`; nil if the table has no target column.
  package let labels: [String]?

  package init(features: FeatureTable, labels: [String]?) {
    precondition(labels.map { $0.count == features.rowCount } ?? true, "A label for each row.")
    self.features = features
    self.labels = labels
  }
}
