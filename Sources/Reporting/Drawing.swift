/// A chart that is laid out: its parts in the order in which they are drawn, and what screen readers
/// say about it.
package struct Drawing: Sendable {
  private let title: String
  private let description: String
  /// In pixels.
  private let width: Double
  private let height: Double
  private let children: [XMLElement]

  /// - Parameters:
  ///   - title: what screen readers call the chart.
  ///   - description: what they say about it.
  ///   - width: in pixels, as is `height`.
  ///   - children: in the order in which they are drawn.
  init(
    title: String, description: String, width: Double, height: Double, children: [XMLElement]
  ) {
    self.title = title
    self.description = description
    self.width = width
    self.height = height
    self.children = children
  }

  /// A complete SVG document.
  var document: String {
    element(
      ["xmlns": "http://www.w3.org/2000/svg"], identifiers: ("title", "description"),
      style: [XMLElement("style", text: ChartStyle.sheet)]
    ).rendered()
  }

  /// An element of a page that has the style sheet of charts.
  ///
  /// - Parameter name: of the chart, which no other of the page has.
  func element(_ name: String) -> XMLElement {
    element([:], identifiers: ("\(name)-title", "\(name)-description"), style: [])
  }

  private func element(
    _ attributes: KeyValuePairs<String, String>,
    identifiers: (title: String, description: String), style: [XMLElement]
  ) -> XMLElement {
    let (width, height) = (XMLElement.coordinate(width), XMLElement.coordinate(height))
    var element = XMLElement(
      "svg", attributes,
      children: [
        XMLElement("title", ["id": identifiers.title], text: title),
        XMLElement("desc", ["id": identifiers.description], text: description),
      ] + style + [XMLElement("rect", ["class": "paper", "width": "100%", "height": "100%"])]
        + children)
    element.attributes += [
      ("viewBox", "0 0 \(width) \(height)"), ("width", width), ("height", height),
      ("role", "img"), ("aria-labelledby", "\(identifiers.title) \(identifiers.description)"),
    ]
    return element
  }
}
