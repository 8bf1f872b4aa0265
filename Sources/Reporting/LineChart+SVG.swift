extension LineChart: Chart {
  /// The chart laid out.
  ///
  /// Every line is one `path` of class `line`, named at its right end; lines differ in colour and
  /// in their dashes. Screen readers are given the title, and a description that lists the last
  /// value of every line.
  package var drawing: Drawing {
    let layout = ChartLayout(self)
    // Later elements cover earlier ones: what the chart is about comes last.
    let order = series.indices.sorted { !series[$0].isEmphasized && series[$1].isEmphasized }
    let bands = order.compactMap { band(of: $0, layout) }
    let lines = order.flatMap { line(of: $0, layout) }
    return Drawing(
      title: title, description: spokenDescription, width: layout.width, height: layout.height,
      children: headings(layout) + axes(layout) + markers(layout) + bands + lines + names(layout))
  }

  private var spokenDescription: String {
    let ends = series.map { "\($0.name) ends at \(($0.values.last ?? 0).fixed(3))" }
    return "\(verticalLabel) by \(horizontalLabel). \(ends.joined(separator: "; "))."
  }

  private func headings(_ layout: ChartLayout) -> [XMLElement] {
    var headings = XMLElement.headings(title: title, subtitle: subtitle)
    headings += [
      .label(verticalLabel, x: 20, y: layout.plotTop - 14, anchor: "start", style: "quiet"),
      .label(
        horizontalLabel, x: (layout.plotLeft + layout.plotRight) / 2, y: layout.plotBottom + 44,
        anchor: "middle", style: "quiet"),
    ]
    if let note = layout.note {
      let y = layout.plotBottom + 66
      headings.append(.label(note, x: 20, y: y, anchor: "start", style: "quiet"))
    }
    return headings
  }

  private func axes(_ layout: ChartLayout) -> [XMLElement] {
    var elements: [XMLElement] = []
    for tick in layout.vertical.ticks {
      let y = layout.y(tick.value)
      elements.append(
        .segment(layout.plotLeft, y, layout.plotRight, y, style: "grid"))
      elements.append(
        .label(
          tick.label, x: layout.plotLeft - 10, y: y + 4.5, anchor: "end", style: "quiet"))
    }
    let bottom = layout.plotBottom
    elements.append(
      .segment(layout.plotLeft, bottom, layout.plotRight, bottom, style: "axis"))
    for tick in layout.horizontal.ticks {
      let x = layout.x(tick.value)
      elements.append(.segment(x, bottom, x, bottom + 5, style: "axis"))
      elements.append(
        .label(tick.label, x: x, y: bottom + 21, anchor: "middle", style: "quiet"))
    }
    return elements
  }

  private func markers(_ layout: ChartLayout) -> [XMLElement] {
    markers.flatMap { marker in
      let x = layout.x(marker.position)
      // Beyond the middle a name stands at the left of its line, where it has room.
      let isLeft = x > (layout.plotLeft + layout.plotRight) / 2
      return [
        XMLElement.segment(x, layout.plotTop, x, layout.plotBottom, style: "marker"),
        .label(
          marker.name, x: x + (isLeft ? -6 : 6), y: layout.plotTop + 11,
          anchor: isLeft ? "end" : "start", style: "quiet"),
      ]
    }
  }

  private func band(of index: Int, _ layout: ChartLayout) -> XMLElement? {
    let one = series[index]
    guard let band = one.band else { return nil }
    let upper = layout.points(one.positions, band.high)
    let lower = layout.points(one.positions.reversed(), band.low.reversed())
    return XMLElement(
      "path", ["class": "band hue\(hue(index))", "d": XMLElement.path(upper + lower) + " Z"])
  }

  private func line(of index: Int, _ layout: ChartLayout) -> [XMLElement] {
    let one = series[index]
    let points = layout.points(one.positions, one.values)
    let dashes = ["none", "none", "7 4", "2 4", "10 3 2 3", "4 3", "12 4", "1 3"]
    let line = XMLElement(
      "path",
      [
        "class": "line hue\(hue(index))\(one.isEmphasized ? " emphasized" : "")",
        "stroke-dasharray": one.isEmphasized ? "none" : dashes[index % dashes.count],
        "d": XMLElement.path(points),
      ])
    guard one.isEmphasized, points.count <= 48 else { return [line] }
    return [line]
      + points.map { point in
        XMLElement(
          "circle",
          [
            "class": "point hue\(hue(index))", "cx": XMLElement.coordinate(point.x),
            "cy": XMLElement.coordinate(point.y), "r": "3.6",
          ])
      }
  }

  private func names(_ layout: ChartLayout) -> [XMLElement] {
    series.indices.flatMap { index in
      let one = series[index]
      let end = layout.end(of: one)
      let height = layout.nameHeights[index]
      let start = layout.plotRight + 26
      let leader = [
        (x: end.x + 5, y: end.y), (x: layout.plotRight + 9, y: end.y), (x: start - 5, y: height),
      ]
      let style = "name hue\(hue(index))\(one.isEmphasized ? " emphasized" : "")"
      return [
        XMLElement(
          "path", ["class": "leader hue\(hue(index))", "d": XMLElement.path(leader)]),
        .label(one.name, x: start, y: height + 4.5, anchor: "start", style: style),
      ]
    }
  }

  private func hue(_ index: Int) -> Int { index % ChartStyle.hueCount }
}
