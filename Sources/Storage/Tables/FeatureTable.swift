// Dimension key
//   R  rows      F  features

/// A table of finite numbers with named columns.
package struct FeatureTable: Equatable, Sendable {
  /// The name of the table in messages, such as its file.
  package let source: String
  /// `[F]`
  package let columns: [String]
  /// `[R]`: the line of each row in its file, from 1.
  package let lines: [Int]
  /// `[R, F]`
  package let values: [Double]

  package var rowCount: Int { lines.count }

  package init(source: String, columns: [String], lines: [Int], values: [Double]) {
    precondition(values.count == lines.count * columns.count, "A value in each cell.")
    self.source = source
    self.columns = columns
    self.lines = lines
    self.values = values
  }

  /// `[F]`
  package func row(_ index: Int) -> ArraySlice<Double> {
    values[index * columns.count..<(index + 1) * columns.count]
  }

  /// The rows of these numbers, in this order.
  package func selecting(_ rows: [Int]) -> FeatureTable {
    FeatureTable(
      source: source, columns: columns, lines: rows.map { lines[$0] },
      values: rows.flatMap { row($0) })
  }
}
