/// The same few lines in many small panels that share their axes.
package struct LinePanels: Equatable, Sendable {
  /// One line of a panel.
  package struct Line: Equatable, Sendable {
    /// `[P]`, ascending.
    package let positions: [Double]
    /// `[P]`
    package let values: [Double]

    package init(positions: [Double], values: [Double]) {
      precondition(!values.isEmpty && positions.count == values.count, "A value for each position.")
      precondition(
        (positions + values).allSatisfy(\.isFinite), "A chart draws finite numbers only.")
      self.positions = positions
      self.values = values
    }
  }

  package struct Panel: Equatable, Sendable {
    package let title: String
    /// In the order of the chart's names.
    package let lines: [Line]

    package init(title: String, lines: [Line]) {
      self.title = title
      self.lines = lines
    }
  }

  package let title: String
  /// One line below the title; may be empty.
  package let subtitle: String
  package let horizontalLabel: String
  package let verticalLabel: String
  package let verticalScale: LineChart.VerticalScale
  /// Greater values lie on the upper edge.
  package let ceiling: Double?
  /// Of the lines; the first is the one that the chart is about.
  package let names: [String]
  package let panels: [Panel]

  package init(
    title: String, subtitle: String = "", horizontalLabel: String, verticalLabel: String,
    verticalScale: LineChart.VerticalScale = .linear, ceiling: Double? = nil, names: [String],
    panels: [Panel]
  ) {
    precondition(!panels.isEmpty && !names.isEmpty, "A chart has at least one panel and one line.")
    precondition(panels.allSatisfy { $0.lines.count == names.count }, "Every line has a name.")
    self.title = title
    self.subtitle = subtitle
    self.horizontalLabel = horizontalLabel
    self.verticalLabel = verticalLabel
    self.verticalScale = verticalScale
    self.ceiling = ceiling
    self.names = names
    self.panels = panels
  }
}
