/// Points and curves in the characters of a terminal.
///
/// Curves and small points are dots of braille characters, two wide and four high in a cell; marks
/// fill a cell and cover dots.
package struct CharacterPlot: Sendable {
  private struct Mark {
    let sign: Character
    let hue: Int
  }

  private let columns: Int
  private let rows: Int
  private let horizontal: AxisScale
  private let vertical: AxisScale
  /// `[rows, columns]`, the dots of each cell as the low bits of its braille character.
  private var dots: [UInt32]
  /// `[rows, columns]`
  private var marks: [Mark?]

  /// An empty plot.
  ///
  /// - Parameters:
  ///   - columns: characters of the plot, without its axes.
  ///   - rows: lines of the plot, without its axes.
  ///   - horizontal: the numbers to show on the axis, which is widened to round numbers.
  ///   - vertical: likewise.
  package init(columns: Int, rows: Int, horizontal: [Double], vertical: [Double]) {
    precondition(columns > 0 && rows > 0, "A plot has at least one character.")
    self.columns = columns
    self.rows = rows
    self.horizontal = AxisScale(
      linear: horizontal, tickCount: 4, roundsOut: true, coversZero: false)
    self.vertical = AxisScale(linear: vertical, tickCount: 4, roundsOut: true, coversZero: false)
    dots = [UInt32](repeating: 0, count: columns * rows)
    marks = [Mark?](repeating: nil, count: columns * rows)
  }

  /// Sets the dot at a point.
  package mutating func dot(_ x: Double, _ y: Double) {
    let column = Self.place(horizontal.fraction(of: x), of: 2 * columns)
    let row = Self.place(1 - vertical.fraction(of: y), of: 4 * rows)
    // Braille numbers the dots of its two columns 1, 2, 3, 7 and 4, 5, 6, 8 from the top.
    let bits: [[UInt32]] = [[0, 3], [1, 4], [2, 5], [6, 7]]
    dots[row / 4 * columns + column / 2] |= 1 << bits[row % 4][column % 2]
  }

  /// Sets a sign at a point.
  package mutating func mark(_ x: Double, _ y: Double, _ sign: Character, hue: Int) {
    let column = Self.place(horizontal.fraction(of: x), of: columns)
    let row = Self.place(1 - vertical.fraction(of: y), of: rows)
    marks[row * columns + column] = Mark(sign: sign, hue: hue)
  }

  private static func place(_ fraction: Double, of count: Int) -> Int {
    min(count - 1, max(0, Int(fraction * Double(count))))
  }

  /// The plot as lines, each ended by a line break: the vertical label, the plot between its axes
  /// with the least and the greatest number on each, and the horizontal label.
  package func rendered(
    horizontalLabel: String, verticalLabel: String, style: TextStyle
  ) -> String {
    let (low, high) = (vertical.ticks.first?.label ?? "", vertical.ticks.last?.label ?? "")
    let margin = max(low.count, high.count)
    var lines = [style.quiet(verticalLabel)]
    for row in 0..<rows {
      let label = row == 0 ? high : row == rows - 1 ? low : ""
      let blanks = String(repeating: " ", count: margin - label.count)
      let axis = label.isEmpty ? "│" : "┤"
      lines.append(style.quiet("\(blanks)\(label) \(axis)") + cells(of: row, style))
    }
    let indent = String(repeating: " ", count: margin + 1)
    lines.append(style.quiet("\(indent)└\(String(repeating: "─", count: columns))"))
    lines.append(style.quiet("\(indent) \(footing(horizontalLabel))"))
    return lines.map { $0 + "\n" }.joined()
  }

  private func cells(of row: Int, _ style: TextStyle) -> String {
    let last = (0..<columns).last { column in
      marks[row * columns + column] != nil || dots[row * columns + column] != 0
    }
    guard let last else { return "" }
    return (0...last).map { column in
      let cell = row * columns + column
      if let mark = marks[cell] { return style.hue(mark.hue, String(mark.sign)) }
      guard dots[cell] != 0, let sign = Unicode.Scalar(0x2800 + dots[cell]) else { return " " }
      return style.quiet(String(Character(sign)))
    }.joined()
  }

  /// The ends of the horizontal axis with its label between them.
  private func footing(_ label: String) -> String {
    let (low, high) = (horizontal.ticks.first?.label ?? "", horizontal.ticks.last?.label ?? "")
    let free = max(2, columns - low.count - label.count - high.count)
    let left = String(repeating: " ", count: free / 2)
    let right = String(repeating: " ", count: free - free / 2)
    return low + left + label + right + high
  }
}
