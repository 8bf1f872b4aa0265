/// Something that a report says in words, such as the configuration that it was made with.
package struct ReportFact: Codable, Equatable, Sendable {
  /// A word of letters, digits and underscores, such as `experiment`.
  package let name: String
  /// Any text, of one line or many; YAML and JSON are kept as they are.
  package let text: String

  package init(_ name: String, _ text: String) {
    precondition(ReportAxis.isName(name), "A fact has a word as its name.")
    self.name = name
    self.text = text
  }
}
