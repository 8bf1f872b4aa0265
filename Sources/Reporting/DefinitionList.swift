/// Terms, each with a text beside it, in two columns for the terminal.
package struct DefinitionList: Sendable {
  private var entries: [(term: String, text: String)] = []
  /// How far the terms stand from the left margin.
  private let indent: String
  /// The least width of the column of terms, so that several lists are aligned.
  private let termWidth: Int

  package init(indent: Int = 0, termWidth: Int = 0) {
    self.indent = String(repeating: " ", count: indent)
    self.termWidth = termWidth
  }

  package mutating func append(_ term: String, _ text: String) { entries.append((term, text)) }

  /// The list as lines, each ended by a line break.
  ///
  /// - Parameter width: the longest line, in characters, if there is a limit; texts are wrapped to
  ///   at least twenty characters.
  package func rendered(width: Int? = nil) -> String {
    let column = max(termWidth, entries.map(\.term.count).max() ?? 0) + 2
    let room = width.map { max(20, $0 - indent.count - column) } ?? .max
    return entries.flatMap { entry in
      entry.text.wrapped(to: room).enumerated().map { index, line in
        let term = index == 0 ? entry.term : ""
        return "\(indent)\(term)\(String(repeating: " ", count: column - term.count))\(line)\n"
      }
    }.joined()
  }
}
