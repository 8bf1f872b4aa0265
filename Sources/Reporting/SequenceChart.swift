/// Sequences of tokens, each a strip of cells in reading order; equal tokens have equal colours.
package struct SequenceChart: Chart {
  package struct Strip: Equatable, Sendable {
    package let title: String
    /// Numbers of tokens, from zero.
    package let tokens: [Int]

    package init(title: String, tokens: [Int]) {
      self.title = title
      self.tokens = tokens
    }
  }

  package let title: String
  /// One line below the title; may be empty.
  package let subtitle: String
  /// How many tokens there are to choose from.
  package let tokenCount: Int
  package let strips: [Strip]

  package init(title: String, subtitle: String = "", tokenCount: Int, strips: [Strip]) {
    precondition(!strips.isEmpty, "A chart has at least one strip.")
    self.title = title
    self.subtitle = subtitle
    self.tokenCount = tokenCount
    self.strips = strips
  }

  /// The chart laid out, with a `rect` of class `band` for each token.
  package var drawing: Drawing {
    let signs = strips.map { strip in strip.tokens.map { $0.symbol(among: tokenCount) } }
    let longest = signs.joined().map(\.count).max() ?? 1
    // Monospaced signs of 12 pixels are 7.3 wide.
    let cell = max(18, Double(longest) * 7.3 + 6)
    let (left, gap, width) = (20.0, 2.0, 760.0)
    let perLine = Int((width - 2 * left + gap) / (cell + gap))
    var y: Double = subtitle.isEmpty ? 66 : 86
    var elements = XMLElement.headings(title: title, subtitle: subtitle)
    for (strip, signs) in zip(strips, signs) {
      elements.append(.label(strip.title, x: left, y: y, anchor: "start", style: "name"))
      y += 10
      for (place, sign) in signs.enumerated() {
        let x = left + Double(place % perLine) * (cell + gap)
        let line = y + Double(place / perLine) * (18 + gap)
        elements += token(strip.tokens[place], sign, x: x, y: line, width: cell)
      }
      y += Double((signs.count + perLine - 1) / perLine) * (18 + gap) + 26
    }
    return Drawing(
      title: title, description: spokenDescription, width: width, height: y - 6,
      children: elements)
  }

  private func token(
    _ token: Int, _ sign: String, x: Double, y: Double, width: Double
  ) -> [XMLElement] {
    let hue = token % ChartStyle.hueCount
    let rectangle = XMLElement(
      "rect",
      [
        "class": "band hue\(hue)", "x": XMLElement.coordinate(x), "y": XMLElement.coordinate(y),
        "width": XMLElement.coordinate(width), "height": "18.0", "rx": "2.5",
      ])
    let style = "symbol name hue\(hue)"
    return [rectangle, .label(sign, x: x + width / 2, y: y + 13.2, anchor: "middle", style: style)]
  }

  private var spokenDescription: String {
    let counts = strips.map { "\($0.title): \($0.tokens.count) tokens" }
    return "Sequences out of \(tokenCount) tokens. \(counts.joined(separator: "; "))."
  }
}
