/// Where equal panels of a chart stand, in pixels from the upper left corner, row by row.
struct PanelGrid {
  let width: Double = 760
  let panelWidth: Double
  let panelHeight: Double
  private let left: Double
  private let top: Double
  private let columns: Int
  private let rowPitch: Double
  private static let gap: Double = 24

  /// - Parameters:
  ///   - count: of panels.
  ///   - left: room for labels at the left.
  ///   - top: where the first row's panels begin.
  ///   - footing: room for labels below each row.
  ///   - columns: the most panels of a row.
  ///   - height: of a panel by its width.
  init(
    count: Int, left: Double, top: Double, footing: Double, columns: Int = 3,
    height: (_ panelWidth: Double) -> Double
  ) {
    self.columns = min(count, columns)
    self.left = left
    self.top = top
    let gaps = Double(self.columns - 1) * Self.gap
    panelWidth = (width - left - 20 - gaps) / Double(self.columns)
    panelHeight = height(panelWidth)
    rowPitch = panelHeight + footing
  }

  /// The upper left corner of a panel.
  func corner(of panel: Int) -> (x: Double, y: Double) {
    (
      left + Double(panel % columns) * (panelWidth + Self.gap),
      top + Double(panel / columns) * rowPitch
    )
  }

  /// Whether a panel is the first of its row.
  func startsRow(_ panel: Int) -> Bool { panel % columns == 0 }

  /// Where `count` panels and their footing end.
  func bottom(of count: Int) -> Double {
    corner(of: count - 1).y + rowPitch
  }
}
