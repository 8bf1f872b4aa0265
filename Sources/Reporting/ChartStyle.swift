/// The colours and type of charts.
///
/// Eight hues of even weight after Okabe and Ito's palette for colour-blind readers
/// (<https://jfly.uni-koeln.de/color/>), each dark enough to serve as text: at least 4.5 : 1
/// against the paper.
enum ChartStyle {
  /// How many lines differ in colour before colours repeat.
  static let hueCount = light.hues.count

  struct Theme {
    let paper: String
    let ink: String
    let quiet: String
    let grid: String
    let hues: [String]
  }

  static let light = Theme(
    paper: "#ffffff", ink: "#1f2328", quiet: "#59636e", grid: "#e4e8ec",
    hues: [
      "#0067a3", "#c04f00", "#00795a", "#a03d90", "#7a6600", "#5a626b", "#b0234f", "#13717c",
    ])

  static let dark = Theme(
    paper: "#0d1117", ink: "#e6edf3", quiet: "#9198a1", grid: "#262c34",
    hues: [
      "#58a6e0", "#f0904a", "#3fbf94", "#d98bc8", "#d0b84a", "#a9b1bc", "#f08aa5", "#5cc8d2",
    ])

  static let letters = "system-ui, -apple-system, Segoe UI, Helvetica Neue, Arial, sans-serif"
  /// Letters of equal width.
  static let equalLetters = "ui-monospace, SF Mono, Menlo, Consolas, monospace"

  /// The style sheet of a chart. Custom properties are avoided because print and thumbnail
  /// renderers do not know them, and so are the marks of XML, which pages read as they are.
  static let sheet = """

    text { font-family: \(letters); font-size: 13px; }
    .title { font-size: 17px; font-weight: 600; }
    .line { fill: none; stroke-width: 1.6; stroke-linejoin: round; stroke-linecap: round; }
    .emphasized { stroke-width: 3; }
    .band { stroke: none; fill-opacity: 0.16; }
    .leader { fill: none; stroke-width: 1; stroke-opacity: 0.55; }
    .point { stroke: none; }
    .disc { stroke-width: 1; }
    .mark { font-size: 9px; font-weight: 700; }
    .symbol { font-family: \(equalLetters); font-size: 12px; }
    .name { font-weight: 500; }
    .name.emphasized { font-weight: 700; }
    .grid { stroke-width: 1; }
    .axis { stroke-width: 1.2; }
    .marker { stroke-width: 1.2; stroke-dasharray: 3 3; }
    .heat { stroke: none; }
    .hole { fill: none; stroke-width: 1; }
    .figure { font-size: 12px; font-variant-numeric: tabular-nums; }
    \(rules(light))
    @media (prefers-color-scheme: dark) {
    \(rules(dark))
    }
    @media print {
    \(rules(light))
    }

    """

  private static func rules(_ theme: Theme) -> String {
    let hues = theme.hues.enumerated().map { index, hue in
      ".line.hue\(index), .leader.hue\(index) { stroke: \(hue); } "
        + ".band.hue\(index), .point.hue\(index), .name.hue\(index), .heat.hue\(index) { fill: \(hue); }"
    }
    return """
      .paper { fill: \(theme.paper); } text { fill: \(theme.ink); } .quiet { fill: \(theme.quiet); }
      .mark, .strong { fill: \(theme.paper); } .disc { stroke: \(theme.paper); }
      .blank { fill: \(theme.grid); } .grid { stroke: \(theme.grid); } .axis, .hole, .marker { stroke: \(theme.quiet); }
      \(hues.joined(separator: "\n"))
      """
  }
}
