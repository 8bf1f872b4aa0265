/// A table of aligned columns, with the same digits within a column, for the terminal and for a
/// ``ReportPage``.
package struct TextTable: Equatable, Sendable {
  /// A column: its title, and how its cells are written.
  package struct Column: Equatable, Sendable {
    package enum Content: Equatable, Sendable {
      /// Words, aligned at the left.
      case words
      /// Numbers with this many digits after the point, aligned at the right.
      case numbers(digits: Int)
      /// Texts made of numbers, such as intervals, aligned at the right and never wrapped.
      case figures
    }

    package let title: String
    package let content: Content

    package init(_ title: String, _ content: Content) {
      self.title = title
      self.content = content
    }
  }

  package enum Cell: Equatable, Sendable {
    case words(String)
    case number(Double)
    /// A short dash: there is nothing to say here.
    case absent
  }

  package let columns: [Column]
  package private(set) var rows: [[Cell]] = []

  package init(columns: [Column]) { self.columns = columns }

  /// Adds a row with a cell for each column.
  package mutating func append(_ row: [Cell]) {
    precondition(row.count == columns.count, "A row has a cell for each column.")
    rows.append(row)
  }

  /// The table as lines of equal layout, each ended by a line break and free of trailing blanks.
  ///
  /// - Parameter width: the longest line, in characters, if there is a limit. Columns of words, the
  ///   widest first, are then wrapped, but no word is broken.
  package func rendered(width: Int? = nil) -> String {
    let cells = rows.map { zip(columns, $0).map(Self.text) }
    let widths = widths(of: cells, within: width)
    let rule = widths.map { String(repeating: "-", count: $0) }
    let lines = [columns.map(\.title), rule] + cells.flatMap { wrapped($0, widths: widths) }
    return lines.map { line(of: $0, widths: widths) + "\n" }.joined()
  }

  private static let gap = 2

  private func widths(of cells: [[String]], within limit: Int?) -> [Int] {
    var widths = columns.indices.map { column in
      ([columns[column].title] + cells.map { $0[column] }).map(\.count).max() ?? 0
    }
    guard let limit else { return widths }
    let least = columns.indices.map { column in
      guard columns[column].content == .words else { return widths[column] }
      let words = cells.flatMap { $0[column].split(separator: " ").map(\.count) }
      return max(columns[column].title.count, words.max() ?? 0)
    }
    let room = limit - Self.gap * (columns.count - 1)
    while widths.reduce(0, +) > room {
      let wrappable = widths.indices.filter { widths[$0] > least[$0] }
      guard let widest = wrappable.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
    }
    return widths
  }

  /// The lines of a row.
  private func wrapped(_ cells: [String], widths: [Int]) -> [[String]] {
    let lines = zip(cells, widths).map { $0.wrapped(to: $1) }
    let height = lines.map(\.count).max() ?? 0
    return (0..<height).map { row in lines.map { row < $0.count ? $0[row] : "" } }
  }

  static func text(column: Column, cell: Cell) -> String {
    switch (cell, column.content) {
    case (.words(let words), _): words
    case (.number(let number), .numbers(let digits)): number.fixed(digits)
    case (.number(let number), .words), (.number(let number), .figures): "\(number)"
    case (.absent, _): "-"
    }
  }

  private func line(of cells: [String], widths: [Int]) -> String {
    var line = ""
    for (index, cell) in cells.enumerated() {
      if index > 0 { line += String(repeating: " ", count: Self.gap) }
      let blanks = String(repeating: " ", count: widths[index] - cell.count)
      line += columns[index].content == .words ? cell + blanks : blanks + cell
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
