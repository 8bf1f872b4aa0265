/// Points in panels that share their axes, with classes by colour and sign.
package struct ScatterChart: Sendable {
  package struct Point: Equatable, Sendable {
    package let x: Double
    package let y: Double
    /// The number of the point's class, if points have classes.
    package let label: Int?

    package init(x: Double, y: Double, label: Int? = nil) {
      precondition(x.isFinite && y.isFinite, "A chart draws finite numbers only.")
      self.x = x
      self.y = y
      self.label = label
    }
  }

  package struct Panel: Equatable, Sendable {
    package let title: String
    package let points: [Point]
    /// A line behind the points, from left to right; may be empty.
    package let curve: [Point]

    package init(title: String, points: [Point], curve: [Point] = []) {
      self.title = title
      self.points = points
      self.curve = curve
    }
  }

  package let title: String
  /// One line below the title; may be empty.
  package let subtitle: String
  package let horizontalLabel: String
  package let verticalLabel: String
  /// How many classes there are, if points have some.
  package let classCount: Int?
  package let panels: [Panel]

  package init(
    title: String, subtitle: String = "", horizontalLabel: String, verticalLabel: String,
    classCount: Int? = nil, panels: [Panel]
  ) {
    precondition(!panels.isEmpty, "A chart has at least one panel.")
    self.title = title
    self.subtitle = subtitle
    self.horizontalLabel = horizontalLabel
    self.verticalLabel = verticalLabel
    self.classCount = classCount
    self.panels = panels
  }
}
