/// Rows of bits in panels, each with its label at the right.
package struct BitChart: Chart {
  package struct Row: Equatable, Sendable {
    package let bits: [Bool]
    package let label: String
    /// The number of the colour of the row.
    package let hue: Int

    package init(bits: [Bool], label: String, hue: Int) {
      self.bits = bits
      self.label = label
      self.hue = hue
    }
  }

  package struct Panel: Equatable, Sendable {
    package let title: String
    package let rows: [Row]

    package init(title: String, rows: [Row]) {
      self.title = title
      self.rows = rows
    }
  }

  package let title: String
  /// One line below the title; may be empty.
  package let subtitle: String
  package let panels: [Panel]

  package init(title: String, subtitle: String = "", panels: [Panel]) {
    precondition(!panels.isEmpty, "A chart has at least one panel.")
    self.title = title
    self.subtitle = subtitle
    self.panels = panels
  }

  /// The chart laid out: a square for each bit, filled where it is one.
  package var drawing: Drawing {
    let rows = panels.map(\.rows.count).max() ?? 0
    let bits = panels.flatMap(\.rows).map(\.bits.count).max() ?? 0
    let top: Double = subtitle.isEmpty ? 78 : 98
    let labelWidth = 44.0
    func pitch(_ panelWidth: Double) -> Double {
      min(18, (panelWidth - labelWidth) / Double(max(1, bits)))
    }
    let grid = PanelGrid(count: panels.count, left: 20, top: top, footing: 40) { width in
      Double(rows) * pitch(width)
    }
    let side = pitch(grid.panelWidth)
    let drawn = panels.indices.flatMap { index in
      let corner = grid.corner(of: index)
      let title = XMLElement.label(
        panels[index].title, x: corner.x, y: corner.y - 10, anchor: "start", style: "name")
      return [title]
        + panels[index].rows.enumerated().flatMap { place, row in
          cells(of: row, x: corner.x, y: corner.y + Double(place) * side, pitch: side)
        }
    }
    return Drawing(
      title: title, description: spokenDescription, width: grid.width,
      height: grid.bottom(of: panels.count) - 16,
      children: XMLElement.headings(title: title, subtitle: subtitle) + drawn)
  }

  private func cells(of row: Row, x: Double, y: Double, pitch: Double) -> [XMLElement] {
    let hue = row.hue % ChartStyle.hueCount
    let squares = row.bits.enumerated().map { place, bit in
      XMLElement.cell(
        x: x + Double(place) * pitch, y: y, width: pitch * 0.88,
        style: bit ? "point hue\(hue)" : "blank")
    }
    let end = x + Double(row.bits.count) * pitch + 8
    return squares + [
      .label(
        row.label, x: end, y: y + pitch * 0.44 + 4.4, anchor: "start",
        style: "symbol name hue\(hue)")
    ]
  }

  private var spokenDescription: String {
    let counts = panels.map { "\($0.title): \($0.rows.count) rows" }
    return "Rows of bits with their labels. \(counts.joined(separator: "; "))."
  }
}
