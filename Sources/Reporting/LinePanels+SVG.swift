extension LinePanels: Chart {
  /// The chart laid out.
  ///
  /// Every line is one `path` of class `line`; the key above the panels names them.
  package var drawing: Drawing {
    let top: Double = subtitle.isEmpty ? 124 : 144
    let lines = panels.flatMap(\.lines)
    let horizontal = AxisScale(
      linear: lines.flatMap(\.positions), tickCount: 4, roundsOut: false)
    let vertical =
      switch verticalScale {
      case .linear:
        AxisScale(
          linear: lines.flatMap(\.values).map { min($0, ceiling ?? $0) }, tickCount: 4,
          roundsOut: true)
      case .logarithmic(let floor):
        AxisScale(
          logarithmic: lines.flatMap(\.values).map { min($0, ceiling ?? $0) }, floor: floor)
      }
    let grid = PanelGrid(
      count: panels.count, left: vertical.labelWidth, top: top, footing: 58, columns: 4
    ) { min(0.75 * $0, 150) }
    let bottom = grid.bottom(of: panels.count)
    let labels: [XMLElement] = [
      .label(verticalLabel, x: 20, y: top - 30, anchor: "start", style: "quiet"),
      .label(horizontalLabel, x: grid.width / 2, y: bottom - 16, anchor: "middle", style: "quiet"),
    ]
    let plots = panels.indices.flatMap { index in
      let plot = PlotArea(
        corner: grid.corner(of: index), width: grid.panelWidth, height: grid.panelHeight,
        horizontal: horizontal, vertical: vertical)
      return plot.axes(title: panels[index].title, isNumbered: grid.startsRow(index))
        + panels[index].lines.indices.reversed().map { line($0, of: panels[index], plot) }
    }
    return Drawing(
      title: title, description: spokenDescription, width: grid.width, height: bottom + 4,
      children: XMLElement.headings(title: title, subtitle: subtitle) + key(top: top - 68) + labels
        + plots)
  }

  private var spokenDescription: String {
    let ends = panels.map { panel in
      let values = panel.lines.compactMap { $0.values.last?.fixed(3) }
      return "\(panel.title): \(values.joined(separator: ", "))"
    }
    return
      "\(verticalLabel) by \(horizontalLabel), of \(names.joined(separator: ", ")). Last values. "
      + ends.joined(separator: "; ") + "."
  }

  private func line(_ index: Int, of panel: Panel, _ plot: PlotArea) -> XMLElement {
    let one = panel.lines[index]
    let points = zip(one.positions, one.values).map { (x: plot.x($0), y: plot.y($1)) }
    // A line of a single point would not be seen.
    return path(
      index,
      points.count == 1 ? [(points[0].x - 4, points[0].y), (points[0].x + 4, points[0].y)] : points)
  }

  private func path(_ index: Int, _ points: [(x: Double, y: Double)]) -> XMLElement {
    XMLElement(
      "path",
      [
        "class": "line hue\(index % ChartStyle.hueCount)\(index == 0 ? " emphasized" : "")",
        // Lines on one another show through each other's gaps.
        "stroke-dasharray": ["none", "7 4", "2 4", "10 3 2 3"][index % 4],
        "d": XMLElement.path(points),
      ])
  }

  /// A piece of each line with its name, from left to right.
  private func key(top: Double) -> [XMLElement] {
    var x = 20.0
    return names.indices.flatMap { index in
      let start = x
      // System fonts set 13-pixel text at 7 pixels a letter on average, bold a little wider.
      x += 60 + 7.8 * Double(names[index].count)
      return [
        path(index, [(start, top), (start + 28, top)]),
        XMLElement.label(
          names[index], x: start + 36, y: top + 4.5, anchor: "start",
          style: "name hue\(index % ChartStyle.hueCount)\(index == 0 ? " emphasized" : "")"),
      ]
    }
  }
}
