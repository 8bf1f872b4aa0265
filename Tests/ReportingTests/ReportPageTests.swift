import Foundation
import Reporting
import Testing

@Suite("Report pages")
struct ReportPageTests {
  private static let charts: [any Chart] = [
    LineChart(
      title: "lines & <more>", horizontalLabel: "x", verticalLabel: "y",
      series: [.init(name: "a", positions: [0, 1], values: [1, 2])]),
    ScatterChart(
      title: "points", horizontalLabel: "x", verticalLabel: "y",
      panels: [.init(title: "p", points: [.init(x: 0, y: 0)])]),
    SequenceChart(title: "tokens", tokenCount: 2, strips: [.init(title: "s", tokens: [0, 1])]),
    BitChart(
      title: "bits", panels: [.init(title: "p", rows: [.init(bits: [true], label: "1", hue: 0)])]),
    HeatMap(
      title: "heat", rowLabel: "r", columnLabel: "c", valueLabel: "v", rows: ["a"],
      columns: ["b"], values: [nil]),
  ]

  private static var table: TextTable {
    var table = TextTable(columns: [.init("learner", .words), .init("error", .numbers(digits: 3))])
    table.append([.words("k < 3 & \"more\""), .number(0.0194)])
    table.append([.words(""), .absent])
    return table
  }

  private static func page(sections: Int) -> ReportPage {
    ReportPage(
      title: "What <it> learned & more", summary: "It's a \"test\".",
      keyFacts: [.init("tasks", "1024"), .init("nearest", "ridge < 3")],
      sections: (0..<sections).map { index in
        ReportPage.Section(
          "Part \(index)",
          [.paragraph("A & B"), .table(table, caption: "of all"), .listing("a:\n  b: <c>\n")]
            + charts.map { .figure($0, caption: "seen") })
      }, footer: "end")
  }

  @Test("A page is well-formed, and its texts come back unchanged")
  func wellFormed() throws {
    let html = Self.page(sections: 2).html()
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    let reading = try SVGReading(html)
    #expect(reading.titles.first == "What <it> learned & more")
    #expect(reading.texts(of: "h1") == ["What <it> learned & more"])
    #expect(reading.texts(of: "h2") == ["Part 0", "Part 1"])
    #expect(reading.texts(of: "dd") == ["1024", "ridge < 3"])
    #expect(reading.texts(of: "pre") == ["a:\n  b: <c>\n", "a:\n  b: <c>\n"])
    #expect(reading.texts(of: "figcaption").count == 12)
    #expect(reading.elements.count { $0.name == "svg" } == 10)
  }

  @Test("No two elements share an id, and every reference leads to one")
  func identifiers() throws {
    let reading = try SVGReading(Self.page(sections: 5).html())
    let ids = reading.values(of: "id")
    #expect(ids.count > 50 && Set(ids).count == ids.count)
    let references =
      reading.values(of: "aria-labelledby").flatMap { $0.split(separator: " ").map(String.init) }
      + reading.values(of: "href").map { String($0.dropFirst()) }
    #expect(references.count > 50 && Set(references).isSubset(of: ids))
  }

  /// The style sheet is the one place where XML and HTML are read differently.
  @Test("A page fetches nothing, runs nothing, and its style sheet is plain in HTML too")
  func selfContained() throws {
    let html = Self.page(sections: 5).html()
    let reading = try SVGReading(html)
    let names = Set(reading.elements.map(\.name))
    #expect(names.isDisjoint(with: ["script", "link", "img", "iframe", "object", "image", "use"]))
    #expect(reading.values(of: "src").isEmpty)
    #expect(reading.values(of: "href").allSatisfy { $0.hasPrefix("#") })
    #expect(!html.contains("http://") && !html.contains("https://") && !html.contains("url("))
    #expect(reading.values(of: "content").contains { $0.hasPrefix("default-src 'none'") })
    let sheets = html.components(separatedBy: "<style>").dropFirst().compactMap {
      $0.components(separatedBy: "</style>").first
    }
    #expect(sheets.count == 1, "Charts in a page share one style sheet.")
    #expect(sheets.allSatisfy { !$0.contains("&") && !$0.contains("@import") })
  }

  @Test("Only a long page has a list of contents, and it names every section")
  func contents() throws {
    #expect(try SVGReading(Self.page(sections: 3).html()).texts(of: "a").isEmpty)
    #expect(
      try SVGReading(Self.page(sections: 4).html()).texts(of: "a")
        == ["Part 0", "Part 1", "Part 2", "Part 3"])
  }

  @Test("A table says in a page what it says on the terminal")
  func tables() throws {
    let page = ReportPage(
      title: "t", summary: "s", keyFacts: [],
      sections: [.init("h", [.table(Self.table, caption: "of all")])], footer: "f")
    let reading = try SVGReading(page.html())
    #expect(reading.texts(of: "figcaption") == ["of all"])
    #expect(reading.texts(of: "th") == ["learner", "error", "k < 3 & \"more\"", "\u{A0}"])
    #expect(reading.texts(of: "td") == ["0.019", "-"])
    #expect(Self.table.rendered().contains("0.019"))
    #expect(reading.values(of: "scope") == ["col", "col", "row", "row"])
    #expect(reading.elements(ofClass: "number").count == 3)
  }

  @Test("Light, dark and printed paper are in the style sheet")
  func themes() {
    let html = Self.page(sections: 1).html()
    #expect(html.contains("prefers-color-scheme: dark") && html.contains("@media print"))
    #expect(html.contains("background: #ffffff") && html.contains("background: #0d1117"))
  }
}
