/// What is wrong with a table, and where.
package struct TableError: Error, Equatable {
  package enum Problem: Equatable, Sendable {
    /// The file has no header, or a header without rows.
    case empty
    /// The bytes are not UTF-8.
    case notText
    /// A quotation mark opens and never closes, or stands inside a cell.
    case quotation
    case missingCell
    case excessCell
    /// A cell of more bytes than anybody writes.
    case longCell(limit: Int)
    case tooManyColumns(limit: Int)
    case notNumber(String)
    /// The number is infinite, not a number, or too large for single precision.
    case notFinite(String)
    case unnamedColumn
    case duplicateColumn(String)
    case unknownColumn(String, advice: String)
    /// The query lacks a column of the context.
    case absentColumn(String, advice: String)
    case noFeatures(target: String)
    case tooManyClasses(found: Int, known: Int)
  }

  /// The name of the table, such as its file.
  package let source: String
  /// The line, from 1, as an editor counts it.
  package let row: Int?
  /// The cell within its line, from 1.
  package let column: Int?
  package let problem: Problem

  package init(source: String, row: Int? = nil, column: Int? = nil, _ problem: Problem) {
    self.source = source
    self.row = row
    self.column = column
    self.problem = problem
  }
}

extension TableError: CustomStringConvertible {
  package var description: String {
    let places = [row.map { "row \($0)" }, column.map { "column \($0)" }].compactMap(\.self)
    return "\(([source] + places).joined(separator: ", ")): \(problem)"
  }
}

extension TableError.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty:
      "there are no rows. A table has a header line and at least one row below it."
    case .notText:
      "the file is not text in UTF-8. Save it as comma-separated values in UTF-8."
    case .quotation:
      """
      a quotation mark is out of place. Enclose the whole cell in quotation marks and write those \
      inside it twice.
      """
    case .missingCell:
      "the cell is empty. Fill it in or remove the row."
    case .excessCell:
      "the row has more cells than the header. Quote cells that contain commas."
    case .longCell(let limit):
      "the cell has more than \(limit) bytes. Is this a table of comma-separated values?"
    case .tooManyColumns(let limit):
      "there are more than \(limit) columns. Is this a table of comma-separated values?"
    case .notNumber(let cell):
      "'\(Self.excerpt(cell))' is not a number. Features are numbers such as 5.1 or 2e-3; remove other columns."
    case .notFinite(let cell):
      "'\(Self.excerpt(cell))' is not a finite number of single precision. Correct it or remove the row."
    case .unnamedColumn:
      "the column has no name. The first line names every column."
    case .duplicateColumn(let name):
      "the name '\(Self.excerpt(name))' appears twice. Rename or remove one of the columns."
    case .unknownColumn(let name, let advice):
      "there is no column '\(Self.excerpt(name))' in the table it is asked of; \(advice)"
    case .absentColumn(let name, let advice):
      "the column '\(name)' of the context is missing; \(advice)"
    case .noFeatures(let target):
      "there is no column beside '\(target)' to predict it from."
    case .tooManyClasses(let found, let known):
      """
      the target has \(found) classes, but the model knows only \(known). Leave out classes or use \
      a model that was trained with more.
      """
    }
  }

  /// What of a long text fits a message.
  private static func excerpt(_ text: String) -> String {
    text.count > 80 ? text.prefix(80) + "…" : text
  }
}
