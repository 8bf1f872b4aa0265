// Dimension key
//   R  rows      C  columns

/// A matrix of numbers as colours, each number written in its cell where there is room.
package struct HeatMap: Equatable, Sendable {
  /// How colours follow numbers; what lies outside has the colour of the nearer end.
  package enum ColorScale: Equatable, Sendable {
    /// From the paper's colour to the strongest one.
    case sequential(ClosedRange<Double>)
    /// From the strongest of one colour at `center - reach` through the paper's at `center` to the
    /// strongest of another.
    case diverging(center: Double, reach: Double)
  }

  package let title: String
  /// One line below the title; may be empty.
  package let subtitle: String
  package let rowLabel: String
  package let columnLabel: String
  /// What the numbers are.
  package let valueLabel: String
  /// `[R]`, from top to bottom.
  package let rows: [String]
  /// `[C]`, from left to right.
  package let columns: [String]
  /// `[R, C]`; nil where there is no number.
  package let values: [Double?]
  package let scale: ColorScale
  /// Digits after the point of numbers that are written.
  package let digits: Int

  /// - Parameters:
  ///   - title: of the chart.
  ///   - subtitle: one line below it; may be empty.
  ///   - rowLabel: what the rows are.
  ///   - columnLabel: what the columns are.
  ///   - valueLabel: what the numbers are.
  ///   - rows: `[R]`, from top to bottom.
  ///   - columns: `[C]`, from left to right.
  ///   - values: `[R, C]`; nil, or a number that is not finite, where there is nothing to show.
  ///   - scale: how colours follow numbers; if not given, from the least to the greatest.
  ///   - digits: after the point of numbers that are written.
  package init(
    title: String, subtitle: String = "", rowLabel: String, columnLabel: String,
    valueLabel: String, rows: [String], columns: [String], values: [Double?],
    scale: ColorScale? = nil, digits: Int = 2
  ) {
    precondition(!rows.isEmpty && !columns.isEmpty, "A heat map has a row and a column.")
    precondition(values.count == rows.count * columns.count, "A value for each cell.")
    let values = values.map { $0.flatMap { $0.isFinite ? $0 : nil } }
    let numbers = values.compactMap(\.self)
    let least = numbers.min() ?? 0
    self.title = title
    self.subtitle = subtitle
    self.rowLabel = rowLabel
    self.columnLabel = columnLabel
    self.valueLabel = valueLabel
    self.rows = rows
    self.columns = columns
    self.values = values
    self.scale = scale ?? .sequential(least...max(least, numbers.max() ?? 1))
    self.digits = digits
  }

  /// The value of a cell, if it has one.
  func value(_ row: Int, _ column: Int) -> Double? { values[row * columns.count + column] }
}

extension HeatMap.ColorScale {
  /// Its ends.
  var range: ClosedRange<Double> {
    switch self {
    case .sequential(let range): range
    case .diverging(let center, let reach): center - reach...center + reach
    }
  }

  /// The colour of a number, and how much of it covers the paper, from zero to one.
  func color(of value: Double) -> (hue: Int, strength: Double) {
    switch self {
    case .sequential(let range):
      let extent = range.upperBound - range.lowerBound
      let fraction = extent > 0 ? (value - range.lowerBound) / extent : 1
      return (0, min(max(fraction, 0), 1))
    case .diverging(let center, let reach):
      let fraction = reach > 0 ? (value - center) / reach : 0
      return (fraction < 0 ? 1 : 0, min(abs(fraction), 1))
    }
  }
}
