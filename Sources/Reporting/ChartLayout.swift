/// Where the parts of a chart stand, in pixels from the upper left corner.
struct ChartLayout {
  let width: Double = 760
  let height: Double
  let plotLeft: Double
  let plotRight: Double
  let plotTop: Double
  let plotBottom: Double
  let horizontal: AxisScale
  let vertical: AxisScale
  /// Where the name of each line stands.
  let nameHeights: [Double]
  /// What a reader must know about lines that leave the plot.
  let note: String?

  init(_ chart: LineChart) {
    let heights = chart.series.flatMap { one in
      one.values + (one.band.map { $0.low + $0.high } ?? [])
    }
    let positions = chart.series.flatMap(\.positions) + chart.markers.map(\.position)
    horizontal = AxisScale(linear: positions, tickCount: 12, roundsOut: false)
    switch chart.verticalScale {
    case .linear:
      vertical = AxisScale(linear: heights, tickCount: 6, roundsOut: true)
      note = nil
    case .logarithmic(let floor):
      vertical = AxisScale(logarithmic: heights, floor: floor)
      let leaves = chart.series.contains { $0.values.contains { $0 < floor } }
      note = leaves ? "Values below \(Self.brief(floor)) are drawn at the lower edge." : nil
    }
    plotLeft = vertical.labelWidth
    // System fonts set 13-pixel text at 7 pixels a letter on average, bold a little wider.
    let longest = chart.series.map { Double($0.name.count) * ($0.isEmphasized ? 7.7 : 7.2) }.max()
    plotRight = width - 46 - min(longest ?? 0, 280)
    plotTop = chart.subtitle.isEmpty ? 78 : 98
    plotBottom = plotTop + 300
    height = plotBottom + (note == nil ? 60 : 82)

    let top = plotTop
    let bottom = plotBottom
    let scale = vertical
    let wishes = chart.series.map { one in
      bottom - (bottom - top) * scale.fraction(of: one.values.last ?? 0)
    }
    nameHeights = LabelColumn(wishes: wishes, spacing: 18, range: top...bottom - 4).heights
  }

  func x(_ position: Double) -> Double {
    plotLeft + (plotRight - plotLeft) * horizontal.fraction(of: position)
  }

  func y(_ value: Double) -> Double {
    plotBottom - (plotBottom - plotTop) * vertical.fraction(of: value)
  }

  func points(_ positions: [Double], _ values: [Double]) -> [(x: Double, y: Double)] {
    zip(positions, values).map { (x($0), y($1)) }
  }

  func end(of series: LineChart.Series) -> (x: Double, y: Double) {
    (x(series.positions.last ?? 0), y(series.values.last ?? 0))
  }

  private static func brief(_ number: Double) -> String {
    (0...12).lazy.map { number.fixed($0) }.first { Double($0) == number } ?? "\(number)"
  }
}
