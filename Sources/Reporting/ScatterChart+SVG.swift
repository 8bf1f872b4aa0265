extension ScatterChart: Chart {
  /// The chart laid out.
  ///
  /// Every point is a `circle` of class `point`; one of a class carries its sign as long as a panel
  /// has few enough points.
  package var drawing: Drawing {
    let top: Double = subtitle.isEmpty ? 98 : 118
    let grid = PanelGrid(count: panels.count, left: 64, top: top, footing: 52) { min($0, 300) }
    let drawn = panels.flatMap { $0.points + $0.curve }
    let horizontal = AxisScale(around: drawn.map(\.x), tickCount: 5)
    let vertical = AxisScale(around: drawn.map(\.y), tickCount: 5)
    let bottom = grid.bottom(of: panels.count)
    let labels: [XMLElement] = [
      .label(verticalLabel, x: 20, y: top - 32, anchor: "start", style: "quiet"),
      .label(horizontalLabel, x: grid.width / 2, y: bottom - 8, anchor: "middle", style: "quiet"),
    ]
    let plots = panels.indices.flatMap { index in
      let plot = PlotArea(
        corner: grid.corner(of: index), width: grid.panelWidth, height: grid.panelHeight,
        horizontal: horizontal, vertical: vertical)
      return plot.axes(title: panels[index].title, isNumbered: grid.startsRow(index))
        + curve(of: panels[index], plot) + panels[index].points.flatMap { mark($0, plot) }
    }
    return Drawing(
      title: title, description: spokenDescription, width: grid.width, height: bottom + 12,
      children: XMLElement.headings(title: title, subtitle: subtitle) + labels + plots)
  }

  private var spokenDescription: String {
    let counts = panels.map { "\($0.title): \($0.points.count) points" }
    return "\(verticalLabel) by \(horizontalLabel). \(counts.joined(separator: "; "))."
  }

  private func curve(of panel: Panel, _ plot: PlotArea) -> [XMLElement] {
    guard !panel.curve.isEmpty else { return [] }
    let points = panel.curve.map { (x: plot.x($0.x), y: plot.y($0.y)) }
    return [XMLElement("path", ["class": "line hue0", "d": XMLElement.path(points)])]
  }

  /// How large points are where the fullest panel has this many.
  private var radius: Double {
    let count = panels.map(\.points.count).max() ?? 0
    if classCount != nil { return count <= 40 ? 7 : count <= 100 ? 5.5 : 3 }
    return count <= 60 ? 3.6 : 2.4
  }

  private func mark(_ point: Point, _ plot: PlotArea) -> [XMLElement] {
    let hue = point.label.map { $0 % ChartStyle.hueCount } ?? 1
    let (x, y) = (plot.x(point.x), plot.y(point.y))
    let disc = XMLElement(
      "circle",
      [
        "class": "disc point hue\(hue)", "cx": XMLElement.coordinate(x),
        "cy": XMLElement.coordinate(y), "r": XMLElement.coordinate(radius),
      ])
    guard let label = point.label, let classCount, radius > 5 else { return [disc] }
    let sign = label.symbol(among: classCount)
    return [disc, .label(sign, x: x, y: y + 3.2, anchor: "middle", style: "mark")]
  }
}
