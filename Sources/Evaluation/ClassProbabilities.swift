// Dimension key
//   Q  query rows      K  classes

/// The probability of every class for every row of a query.
package struct ClassProbabilities: Equatable, Sendable {
  /// `[K]`
  package let classes: [String]
  /// `[Q]`: the line of each row in its file, from 1.
  package let lines: [Int]
  /// `[Q, K]`
  package let values: [Double]

  package init(classes: [String], lines: [Int], values: [Double]) {
    precondition(values.count == classes.count * lines.count, "A probability of each class.")
    self.classes = classes
    self.lines = lines
    self.values = values
  }

  /// `[Q]`: the most probable class of each row; of equally probable ones the first.
  package var labels: [String] {
    lines.indices.map { row in
      var best = 0
      for index in classes.indices
      where values[row * classes.count + index] > values[row * classes.count + best] {
        best = index
      }
      return classes[best]
    }
  }

  /// The fraction of rows whose most probable class is the true one.
  ///
  /// - Parameter truths: `[Q]`; classes that the context does not have count as missed.
  package func accuracy(against truths: [String]) -> Double {
    precondition(truths.count == lines.count && !truths.isEmpty, "A truth for each row.")
    let hits = zip(labels, truths).count { $0 == $1 }
    return Double(hits) / Double(truths.count)
  }
}
