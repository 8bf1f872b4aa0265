extension ReportPage {
  /// The page, which is a well-formed XML document as well.
  ///
  /// Headings, figures and captions are what they are called; a page of more than three sections
  /// begins with a list of them. Browsers are told to fetch nothing.
  package func html() -> String {
    let head = XMLElement(
      "head",
      children: [
        XMLElement("meta", ["charset": "utf-8"]),
        XMLElement(
          "meta",
          [
            "http-equiv": "Content-Security-Policy",
            "content": "default-src 'none'; style-src 'unsafe-inline'",
          ]),
        XMLElement(
          "meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
        XMLElement("meta", ["name": "color-scheme", "content": "light dark"]),
        XMLElement("title", text: title),
        XMLElement("style", text: PageStyle.sheet + ChartStyle.sheet),
      ])
    let page = XMLElement(
      "html", ["lang": "en"], children: [head, XMLElement("body", children: body)])
    return "<!DOCTYPE html>\n" + page.rendered()
  }

  private var body: [XMLElement] {
    let heading = XMLElement(
      "header",
      children: [
        XMLElement("h1", text: title), XMLElement("p", ["class": "summary"], text: summary),
      ]
        + (keyFacts.isEmpty ? [] : [Self.list(of: keyFacts)]))
    var figureCount = 0
    let parts = sections.enumerated().map { index, section in
      XMLElement(
        "section", ["id": Self.name(ofSection: index)],
        children: [XMLElement("h2", text: section.heading)]
          + section.blocks.map { Self.element(of: $0, &figureCount) })
    }
    return [heading] + (sections.count > 3 ? [contents] : []) + [
      XMLElement("main", children: parts)
    ]
      + [XMLElement("footer", children: [XMLElement("p", text: footer)])]
  }

  private static func name(ofSection index: Int) -> String { "section-\(index + 1)" }

  private static func list(of facts: [Fact]) -> XMLElement {
    XMLElement(
      "dl",
      children: facts.map { fact in
        XMLElement(
          "div",
          children: [XMLElement("dt", text: fact.term), XMLElement("dd", text: fact.text)])
      })
  }

  private var contents: XMLElement {
    let entries = sections.enumerated().map { index, section in
      XMLElement(
        "li",
        children: [
          XMLElement("a", ["href": "#\(Self.name(ofSection: index))"], text: section.heading)
        ])
    }
    return XMLElement(
      "nav", ["aria-label": "Contents"], children: [XMLElement("ol", children: entries)])
  }

  /// - Parameter figureCount: of the figures so far.
  private static func element(of block: Block, _ figureCount: inout Int) -> XMLElement {
    switch block {
    case .paragraph(let text):
      return XMLElement("p", text: text)
    case .listing(let text):
      return XMLElement("pre", ["tabindex": "0"], text: text)
    case .table(let table, let caption):
      return XMLElement(
        "figure",
        children: [XMLElement("figcaption", text: caption), scrolling([table.element])])
    case .figure(let chart, let caption):
      figureCount += 1
      let drawing = chart.drawing.element("figure-\(figureCount)")
      return XMLElement(
        "figure", children: [scrolling([drawing]), XMLElement("figcaption", text: caption)])
    }
  }

  /// What is too wide for a narrow window, which those without a mouse can scroll too.
  private static func scrolling(_ children: [XMLElement]) -> XMLElement {
    XMLElement("div", ["class": "scroll", "tabindex": "0"], children: children)
  }
}
