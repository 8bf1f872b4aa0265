extension XMLElement {
  /// The title of a chart and, if it is not empty, the line below it.
  static func headings(title: String, subtitle: String) -> [XMLElement] {
    let headings = [XMLElement("text", ["class": "title", "x": "20", "y": "30"], text: title)]
    guard !subtitle.isEmpty else { return headings }
    return headings + [label(subtitle, x: 20, y: 51, anchor: "start", style: "quiet")]
  }

  static func label(
    _ text: String, x: Double, y: Double, anchor: String, style: String
  ) -> XMLElement {
    XMLElement(
      "text",
      ["class": style, "x": coordinate(x), "y": coordinate(y), "text-anchor": anchor], text: text)
  }

  static func segment(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, style: String
  ) -> XMLElement {
    XMLElement("path", ["class": style, "d": path([(x1, y1), (x2, y2)])])
  }

  /// A square with round corners.
  static func cell(x: Double, y: Double, width: Double, style: String) -> XMLElement {
    XMLElement(
      "rect",
      [
        "class": style, "x": coordinate(x), "y": coordinate(y), "width": coordinate(width),
        "height": coordinate(width), "rx": "2.5",
      ])
  }

  /// The straight lines from point to point, in the notation of SVG paths.
  static func path(_ points: [(x: Double, y: Double)]) -> String {
    points.enumerated().map { index, point in
      "\(index == 0 ? "M" : "L") \(coordinate(point.x)) \(coordinate(point.y))"
    }.joined(separator: " ")
  }

  static func coordinate(_ number: Double) -> String { number.fixed(1) }
}
