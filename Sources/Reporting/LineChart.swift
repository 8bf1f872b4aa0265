/// A chart of lines over one horizontal axis, each with an interval around it if it has one.
///
/// Lines differ in colour and dashes, and each is named at its right end.
package struct LineChart: Equatable, Sendable {
  /// How heights follow values.
  package enum VerticalScale: Equatable, Sendable {
    /// Proportional, from zero if all values are positive.
    case linear
    /// Logarithmic from `floor`, which is above zero, upward; smaller values lie on the lower edge,
    /// and a note says so.
    case logarithmic(floor: Double)
  }

  /// One line.
  package struct Series: Equatable, Sendable {
    /// The interval around a line, at each of its points.
    package struct Band: Equatable, Sendable {
      package let low: [Double]
      package let high: [Double]

      package init(low: [Double], high: [Double]) {
        self.low = low
        self.high = high
      }
    }

    package let name: String
    /// `[P]`, ascending.
    package let positions: [Double]
    /// `[P]`
    package let values: [Double]
    package let band: Band?
    /// Whether this is the line that the chart is about: drawn above the others, thicker, with its
    /// points.
    package let isEmphasized: Bool

    package init(
      name: String, positions: [Double], values: [Double], band: Band? = nil,
      isEmphasized: Bool = false
    ) {
      precondition(!values.isEmpty && positions.count == values.count, "A value for each position.")
      let edges = (band?.low ?? []) + (band?.high ?? [])
      precondition(
        band.map { $0.low.count == values.count && $0.high.count == values.count } ?? true,
        "A band has two edges for each value.")
      precondition(
        (positions + values + edges).allSatisfy(\.isFinite), "A chart draws finite numbers only.")
      self.name = name
      self.positions = positions
      self.values = values
      self.band = band
      self.isEmphasized = isEmphasized
    }
  }

  /// A vertical line at a position, with its name.
  package struct Marker: Equatable, Sendable {
    package let position: Double
    package let name: String

    package init(_ position: Double, _ name: String) {
      self.position = position
      self.name = name
    }
  }

  package let title: String
  /// One line below the title; may be empty.
  package let subtitle: String
  package let horizontalLabel: String
  package let verticalLabel: String
  package let verticalScale: VerticalScale
  package let series: [Series]
  /// What is worth knowing about positions, such as how far training went.
  package let markers: [Marker]

  package init(
    title: String, subtitle: String = "", horizontalLabel: String, verticalLabel: String,
    verticalScale: VerticalScale = .linear, series: [Series], markers: [Marker] = []
  ) {
    precondition(!series.isEmpty, "A chart has at least one line.")
    if case .logarithmic(let floor) = verticalScale {
      precondition(floor > 0 && floor.isFinite, "A logarithmic axis starts above zero.")
    }
    self.title = title
    self.subtitle = subtitle
    self.horizontalLabel = horizontalLabel
    self.verticalLabel = verticalLabel
    self.verticalScale = verticalScale
    self.series = series
    self.markers = markers
  }
}
