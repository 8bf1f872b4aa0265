/// How text is set off on a terminal: by colours, or not at all.
package struct TextStyle: Sendable {
  /// Whether control sequences of terminals are written (ECMA-48, select graphic rendition).
  package let isColored: Bool

  package init(isColored: Bool) { self.isColored = isColored }

  package func bold(_ text: String) -> String { set(text, "1") }

  package func quiet(_ text: String) -> String { set(text, "2") }

  /// One of a few colours, in the order of those of charts; they repeat.
  package func hue(_ index: Int, _ text: String) -> String {
    set(text, Self.hues[index % Self.hues.count])
  }

  // Blue, yellow, green, magenta, cyan, red, and the bright ones of the first two.
  private static let hues = ["34", "33", "32", "35", "36", "31", "94", "93"]

  private func set(_ text: String, _ code: String) -> String {
    isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
