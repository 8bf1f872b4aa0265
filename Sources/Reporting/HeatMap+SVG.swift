extension HeatMap: Chart {
  /// The chart laid out.
  ///
  /// Every cell with a number is a `rect` of class `heat`; one without is an empty frame with a
  /// stroke through it. Colours lie over the paper in different strengths, so they suit light, dark
  /// and printed paper. A bar at the bottom is the key.
  package var drawing: Drawing {
    let layout = HeatMapLayout(self)
    let cells = rows.indices.flatMap { row in
      columns.indices.flatMap { cell($0, of: row, layout) }
    }
    return Drawing(
      title: title, description: spokenDescription, width: layout.width, height: layout.height,
      children: XMLElement.headings(title: title, subtitle: subtitle) + cells + names(layout)
        + key(layout))
  }

  private var spokenDescription: String {
    let size = "\(rows.count) rows by \(rowLabel), \(columns.count) columns by \(columnLabel)"
    let numbers = values.compactMap(\.self)
    guard let least = numbers.min(), let greatest = numbers.max() else {
      return "\(valueLabel). \(size), without any value."
    }
    return
      "\(valueLabel). \(size). Values from \(least.fixed(digits)) to \(greatest.fixed(digits))."
  }

  private func cell(_ column: Int, of row: Int, _ layout: HeatMapLayout) -> [XMLElement] {
    let (x, y) = (layout.x(column), layout.y(row))
    guard let value = value(row, column) else {
      return HeatMap.missing(
        x: x, y: y, width: layout.cellWidth - layout.gap, height: layout.cellHeight - layout.gap)
    }
    let (hue, strength) = scale.color(of: value)
    let square = HeatMap.patch(
      x: x, y: y, width: layout.cellWidth - layout.gap, height: layout.cellHeight - layout.gap,
      hue: hue, strength: strength)
    guard layout.showsValues else { return [square] }
    let label = XMLElement.label(
      value.fixed(digits), x: x + (layout.cellWidth - layout.gap) / 2,
      y: y + (layout.cellHeight - layout.gap) / 2 + 4.2, anchor: "middle",
      style: strength > HeatMap.darkness ? "figure strong" : "figure")
    return [square, label]
  }

  /// From this strength on numbers have the colour of the paper: there the contrast of both is the
  /// same, about 4 : 1, on light paper and on dark.
  private static let darkness = 0.76

  private func names(_ layout: HeatMapLayout) -> [XMLElement] {
    let rowNames = layout.namedRows.map { row in
      XMLElement.label(
        layout.shortened(rows[row]), x: layout.left - 10, y: layout.middle(ofRow: row) + 4.5,
        anchor: "end", style: "quiet")
    }
    let columnNames = layout.namedColumns.map { column in
      layout.isSlanted
        ? slanted(layout.shortened(columns[column]), x: layout.middle(ofColumn: column), layout)
        : XMLElement.label(
          columns[column], x: layout.middle(ofColumn: column), y: layout.bottom + 17,
          anchor: "middle", style: "quiet")
    }
    return rowNames + columnNames + [
      .label(rowLabel, x: 20, y: layout.top - 14, anchor: "start", style: "quiet"),
      .label(
        columnLabel, x: (layout.left + layout.right) / 2, y: layout.columnLabelHeight,
        anchor: "middle", style: "quiet"),
    ]
  }

  private func slanted(_ name: String, x: Double, _ layout: HeatMapLayout) -> XMLElement {
    let (x, y) = (XMLElement.coordinate(x + 4), XMLElement.coordinate(layout.bottom + 14))
    return XMLElement(
      "text",
      [
        "class": "quiet", "x": x, "y": y, "text-anchor": "end",
        "transform": "rotate(-40 \(x) \(y))",
      ], text: name)
  }

  /// A bar of all colours with the numbers at its ends and in its middle.
  private func key(_ layout: HeatMapLayout) -> [XMLElement] {
    let range = scale.range
    let (count, width, height) = (24, 10.0, 12.0)
    let (left, top) = (20.0, layout.keyTop)
    let patches = (0..<count).map { index in
      let place = (Double(index) + 0.5) / Double(count)
      let value = range.lowerBound + place * (range.upperBound - range.lowerBound)
      let (hue, strength) = scale.color(of: value)
      return HeatMap.patch(
        x: left + Double(index) * width, y: top, width: width, height: height, hue: hue,
        strength: strength, isRound: false)
    }
    let marks = [0, 0.5, 1].map { place in
      XMLElement.label(
        (range.lowerBound + place * (range.upperBound - range.lowerBound)).fixed(digits),
        x: left + place * Double(count) * width, y: top + height + 16,
        anchor: place == 0 ? "start" : place == 1 ? "end" : "middle", style: "quiet")
    }
    let end = left + Double(count) * width
    let name = XMLElement.label(
      valueLabel, x: end + 14, y: top + 10.5, anchor: "start", style: "quiet")
    guard values.contains(nil) else { return patches + marks + [name] }
    let hole = HeatMap.missing(x: end + 14, y: top + 21, width: 16, height: 12)
    let meaning = XMLElement.label(
      "no value", x: end + 38, y: top + 31, anchor: "start", style: "quiet")
    return patches + marks + [name] + hole + [meaning]
  }

  private static func patch(
    x: Double, y: Double, width: Double, height: Double, hue: Int, strength: Double,
    isRound: Bool = true
  ) -> XMLElement {
    XMLElement(
      "rect",
      [
        "class": "heat hue\(hue)", "x": XMLElement.coordinate(x), "y": XMLElement.coordinate(y),
        "width": XMLElement.coordinate(width), "height": XMLElement.coordinate(height),
        "rx": isRound && min(width, height) > 12 ? "2.5" : "0",
        // A cell that holds a number is told from the paper even at the lower end.
        "fill-opacity": (0.04 + 0.96 * strength).fixed(3),
      ])
  }

  private static func missing(x: Double, y: Double, width: Double, height: Double) -> [XMLElement] {
    let frame = XMLElement(
      "rect",
      [
        "class": "hole", "x": XMLElement.coordinate(x + 0.5),
        "y": XMLElement.coordinate(y + 0.5), "width": XMLElement.coordinate(max(0, width - 1)),
        "height": XMLElement.coordinate(max(0, height - 1)),
      ])
    return [frame, .segment(x + 0.5, y + height - 0.5, x + width - 0.5, y + 0.5, style: "hole")]
  }
}
