import Configuration

/// Reads tables from comma-separated values.
package struct TableReader {
  private let source: String
  private let header: DelimitedText.Record
  private let rows: [DelimitedText.Record]
  /// Where each column stands.
  private let positions: [String: Int]

  /// - Parameters:
  ///   - bytes: the contents of a file: a line of column names, then rows, in UTF-8.
  ///   - source: the name of the table in messages, such as its file.
  /// - Throws: ``TableError`` if it has no rows, rows of different lengths, or columns without a
  ///   name of their own.
  package init(_ bytes: some Collection<UInt8>, source: String) throws(TableError) {
    let records = try DelimitedText(bytes, source: source).records
    guard let header = records.first, records.count > 1 else {
      throw TableError(source: source, row: records.isEmpty ? nil : 1, .empty)
    }
    self.source = source
    self.header = header
    rows = Array(records.dropFirst())
    var positions: [String: Int] = [:]
    for (index, name) in header.cells.enumerated() {
      let isRepeated = positions.updateValue(index, forKey: name) != nil
      let problem: TableError.Problem? =
        if name.isEmpty { .unnamedColumn } else if isRepeated { .duplicateColumn(name) } else {
          nil
        }
      if let problem {
        throw TableError(source: source, row: header.line, column: index + 1, problem)
      }
    }
    self.positions = positions
    for row in rows {
      let count = row.cells.count
      if count == header.cells.count { continue }
      let isShort = count < header.cells.count
      throw TableError(
        source: source, row: row.line, column: isShort ? count + 1 : header.cells.count + 1,
        isShort ? .missingCell : .excessCell)
    }
  }

  /// The table as examples: one column of classes, all others numbers.
  ///
  /// - Throws: ``TableError`` if there is no such column, no other column, or a cell is empty or
  ///   not a finite number.
  package func context(target: String) throws(TableError) -> LabeledTable {
    guard let column = positions[target] else {
      let advice = advice(for: target, among: header.cells)
      throw TableError(source: source, row: header.line, .unknownColumn(target, advice: advice))
    }
    let names = header.cells.filter { $0 != target }
    guard !names.isEmpty else {
      throw TableError(source: source, row: header.line, .noFeatures(target: target))
    }
    let features = try features(names)
    return LabeledTable(features: features, target: target, labels: try labels(at: column))
  }

  /// The table as rows to predict from `context`: the same columns in any order, with or without
  /// the target.
  ///
  /// - Throws: ``TableError`` if a column is missing or not one of the context's, or a cell is
  ///   empty or not a finite number.
  package func query(for context: LabeledTable) throws(TableError) -> QueryTable {
    let known = context.features.columns
    let knownNames = Set(known)
    for (index, name) in header.cells.enumerated()
    where name != context.target && !knownNames.contains(name) {
      let advice = advice(for: name, among: known + [context.target])
      throw TableError(
        source: source, row: header.line, column: index + 1, .unknownColumn(name, advice: advice))
    }
    for name in known where positions[name] == nil {
      let advice = "the query has \(enumeration(of: header.cells))"
      throw TableError(source: source, row: header.line, .absentColumn(name, advice: advice))
    }
    let features = try features(known)
    guard let column = positions[context.target] else {
      return QueryTable(features: features, labels: nil)
    }
    return QueryTable(features: features, labels: try labels(at: column))
  }

  private func features(_ names: [String]) throws(TableError) -> FeatureTable {
    let columns = names.compactMap { positions[$0] }
    var values: [Double] = []
    values.reserveCapacity(rows.count * columns.count)
    for row in rows {
      for column in columns { values.append(try number(in: row, at: column)) }
    }
    return FeatureTable(
      source: source, columns: names, lines: rows.map(\.line), values: values)
  }

  private func number(
    in row: DelimitedText.Record, at column: Int
  ) throws(TableError) -> Double {
    let cell = row.cells[column]
    func error(_ problem: TableError.Problem) -> TableError {
      TableError(source: source, row: row.line, column: column + 1, problem)
    }
    if cell.isEmpty { throw error(.missingCell) }
    // Hexadecimal numbers, which the standard library also reads, are more likely names.
    guard !cell.lowercased().contains("x"), let number = Double(cell) else {
      throw error(.notNumber(cell))
    }
    guard Float(number).isFinite else { throw error(.notFinite(cell)) }
    return number
  }

  private func labels(at column: Int) throws(TableError) -> [String] {
    var labels: [String] = []
    for row in rows {
      if row.cells[column].isEmpty {
        throw TableError(source: source, row: row.line, column: column + 1, .missingCell)
      }
      labels.append(row.cells[column])
    }
    return labels
  }
}
