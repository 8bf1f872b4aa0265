/// Where equal panels of a chart stand, in pixels from the upper left corner: in rows of at most
/// three.
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
  ///   - height: of a panel by its width.
  init(
    count: Int, left: Double, top: Double, footing: Double, height: (_ panelWidth: Double) -> Double
  ) {
    columns = min(count, 3)
    self.left = left
    self.top = top
    panelWidth = (width - left - 20 - Double(columns - 1) * Self.gap) / Double(columns)
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
