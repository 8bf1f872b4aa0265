import Storage

// Dimension key
//   N  context rows      F  features of the table      K  classes of the table

/// A labelled table as learners see it: features of mean 0 and variance 1, and classes as numbers.
struct StandardizedContext {
  private let standardization: Standardization
  /// `[N, F]`
  let inputs: [Float]
  /// `[N]`: places in ``classes``.
  let labels: [Int]
  /// `[K]`
  let classes: [String]
  /// `F`
  let featureCount: Int

  init(_ table: LabeledTable) {
    standardization = Standardization(context: table.features)
    inputs = standardization.applied(to: table.features)
    classes = table.classes
    let numbers = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices))
    labels = table.labels.compactMap { numbers[$0] }
    featureCount = table.features.columns.count
  }

  /// The features of a query on the scale of the context, `[Q, F]`.
  func inputs(of query: FeatureTable) -> [Float] {
    precondition(query.columns.count == featureCount, "Query and context share columns.")
    return standardization.applied(to: query)
  }
}
