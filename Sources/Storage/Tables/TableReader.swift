import Configuration

/// Reads tables from comma-separated values.
///
/// The bytes are passed over several times, so that nothing is stored of a table that is refused.
package struct TableReader {
  private let source: String
  private let header: [String]
  private let headerLine: Int
  /// At the first row.
  private let rows: DelimitedText
  private let rowCount: Int

  /// - Parameters:
  ///   - bytes: the contents of a file: a line of column names, then rows, in UTF-8.
  ///   - source: the name of the table in messages, such as its file.
  /// - Throws: ``TableError`` if it has no rows, rows of different lengths, or columns without a
  ///   name of their own.
  /// - Complexity: O(size of the file) time; memory for a row.
  package init(_ bytes: [UInt8], source: String) throws(TableError) {
    var text = try DelimitedText(bytes, source: source)
    var record = TableRecord()
    guard try text.next(&record) else { throw TableError(source: source, .empty) }
    let header = try Self.names(record, source: source)
    self.source = source
    self.header = header
    headerLine = record.line
    rows = text
    var rowCount = 0
    while try text.next(&record, atMost: header.count) {
      rowCount += 1
      let count = record.cellCount
      if count == header.count { continue }
      let isShort = count < header.count
      throw TableError(
        source: source, row: record.line, column: isShort ? count + 1 : header.count + 1,
        isShort ? .missingCell : .excessCell)
    }
    guard rowCount > 0 else { throw TableError(source: source, row: headerLine, .empty) }
    self.rowCount = rowCount
  }

  private static func names(
    _ record: TableRecord, source: String
  ) throws(TableError) -> [String] {
    let limit = DelimitedText.largestCellCount
    guard record.cellCount <= limit else {
      throw TableError(source: source, row: record.line, .tooManyColumns(limit: limit))
    }
    let names = (0..<record.cellCount).map { record.text($0) }
    var seen: Set<String> = []
    for (index, name) in names.enumerated() {
      let problem: TableError.Problem? =
        if name.isEmpty { .unnamedColumn } else if !seen.insert(name).inserted {
          .duplicateColumn(name)
        } else { nil }
      if let problem {
        throw TableError(source: source, row: record.line, column: index + 1, problem)
      }
    }
    return names
  }

  /// The table as examples: one column of classes, all others numbers.
  ///
  /// - Throws: ``TableError`` if there is no such column, no other column, or a cell is empty or
  ///   not a finite number.
  /// - Complexity: O(size of the file)
  package func context(target: String) throws(TableError) -> LabeledTable {
    guard let column = header.firstIndex(of: target) else {
      let advice = advice(for: target, among: Self.some(of: header))
      throw TableError(source: source, row: headerLine, .unknownColumn(target, advice: advice))
    }
    let names = header.filter { $0 != target }
    guard !names.isEmpty else {
      throw TableError(source: source, row: headerLine, .noFeatures(target: target))
    }
    let (features, labels) = try read(names, labels: column)
    return LabeledTable(features: features, target: target, labels: labels)
  }

  /// The table as rows to predict from `context`: the same columns in any order, with or without
  /// the target.
  ///
  /// - Throws: ``TableError`` if a column is missing or not one of the context's, or a cell is
  ///   empty or not a finite number.
  /// - Complexity: O(size of the file)
  package func query(for context: LabeledTable) throws(TableError) -> QueryTable {
    let known = context.features.columns
    let (knownNames, names) = (Set(known), Set(header))
    for (index, name) in header.enumerated()
    where name != context.target && !knownNames.contains(name) {
      let advice = advice(for: name, among: Self.some(of: known + [context.target]))
      throw TableError(
        source: source, row: headerLine, column: index + 1, .unknownColumn(name, advice: advice))
    }
    for name in known where !names.contains(name) {
      let advice =
        "the query has \(Self.some(of: header).map { "`\($0)`" }.joined(separator: ", "))"
      throw TableError(source: source, row: headerLine, .absentColumn(name, advice: advice))
    }
    let column = header.firstIndex(of: context.target)
    let (features, labels) = try read(known, labels: column)
    return QueryTable(features: features, labels: column == nil ? nil : labels)
  }

  /// The names that fit a message: the first and the last, without any that are very long.
  private static func some(of names: [String]) -> [String] {
    let count = 20
    let some = names.count <= 2 * count ? names : names.prefix(count) + names.suffix(count)
    return some.filter { $0.utf8.count <= 100 }
  }

  /// - Parameters:
  ///   - names: of the columns of numbers.
  ///   - labelColumn: that of the labels, if they are asked for.
  private func read(
    _ names: [String], labels labelColumn: Int?
  ) throws(TableError) -> (FeatureTable, [String]) {
    let places = Dictionary(uniqueKeysWithValues: zip(header, header.indices))
    let columns = names.compactMap { places[$0] }
    var record = TableRecord()
    var text = rows
    while try text.next(&record) { try check(record, columns, labelColumn) }
    var (values, lines, labels): ([Double], [Int], [String]) = ([], [], [])
    values.reserveCapacity(rowCount * columns.count)
    lines.reserveCapacity(rowCount)
    text = rows
    while try text.next(&record) {
      lines.append(record.line)
      for column in columns { values.append(try number(in: record, at: column)) }
      if let labelColumn { labels.append(record.text(labelColumn)) }
    }
    let features = FeatureTable(source: source, columns: names, lines: lines, values: values)
    return (features, labels)
  }

  private func check(
    _ row: TableRecord, _ columns: [Int], _ labelColumn: Int?
  ) throws(TableError) {
    for column in columns { _ = try number(in: row, at: column) }
    if let labelColumn, row.isEmpty(labelColumn) {
      throw TableError(source: source, row: row.line, column: labelColumn + 1, .missingCell)
    }
  }

  private func number(in row: TableRecord, at column: Int) throws(TableError) -> Double {
    func error(_ problem: TableError.Problem) -> TableError {
      TableError(source: source, row: row.line, column: column + 1, problem)
    }
    if row.isEmpty(column) { throw error(.missingCell) }
    guard let number = row.number(column) else { throw error(.notNumber(row.text(column))) }
    guard Float(number).isFinite else { throw error(.notFinite(row.text(column))) }
    return number
  }
}
