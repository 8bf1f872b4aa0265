/// A report as one page that needs nothing else: no network, no scripts, no other file.
///
/// Written by ``html()``. It follows the reader's light or dark setting, prints on light paper, and
/// its tables and figures scroll by themselves in narrow windows.
package struct ReportPage: Sendable {
  /// A part of the page with a heading of its own.
  package struct Section: Sendable {
    package let heading: String
    package let blocks: [Block]

    package init(_ heading: String, _ blocks: [Block]) {
      self.heading = heading
      self.blocks = blocks
    }
  }

  package enum Block: Sendable {
    case paragraph(String)
    /// A chart, and below it what it shows.
    case figure(any Chart, caption: String)
    /// What a table shows, and the table.
    case table(TextTable, caption: String)
    /// Text whose lines and blanks stay as they are, such as YAML.
    case listing(String)
  }

  /// A term with a text beside it.
  package struct Fact: Equatable, Sendable {
    package let term: String
    package let text: String

    package init(_ term: String, _ text: String) {
      self.term = term
      self.text = text
    }
  }

  package let title: String
  /// What the page says, in a sentence or two.
  package let summary: String
  /// What a reader wants to know first, below the summary.
  package let keyFacts: [Fact]
  package let sections: [Section]
  /// The last line of the page: what made it, and where its numbers are.
  package let footer: String

  package init(
    title: String, summary: String, keyFacts: [Fact], sections: [Section], footer: String
  ) {
    self.title = title
    self.summary = summary
    self.keyFacts = keyFacts
    self.sections = sections
    self.footer = footer
  }
}
