/// Numbers of a report on named axes.
package struct ReportArray: Equatable, Sendable {
  package enum Elements: Equatable, Sendable {
    case float32([Float])
    case float64([Double])

    package var count: Int {
      switch self {
      case .float32(let elements): elements.count
      case .float64(let elements): elements.count
      }
    }
  }

  /// A word of letters, digits and underscores, such as `squared_error`.
  package let name: String
  /// Outermost first; none for a single number.
  package let axes: [ReportAxis]
  /// As many as the product of the axes, innermost axis fastest; a value that is missing is a
  /// not-a-number.
  package let elements: Elements
  /// Of the elements, `1` if they have none.
  package let unit: String
  /// One line.
  package let meaning: String

  /// - Parameters:
  ///   - name: a word of letters, digits and underscores that begins with a letter; no axis has it.
  ///   - axes: of different names, outermost first.
  ///   - elements: as many as the product of the axes, innermost axis fastest.
  ///   - unit: of the elements; for seconds see ``ReportAxis/unit``.
  ///   - meaning: one line.
  package init(
    _ name: String, axes: [ReportAxis], _ elements: Elements, unit: String = "1", meaning: String
  ) {
    precondition(ReportAxis.isName(name), "An array has a word as its name.")
    precondition(
      elements.count == axes.reduce(1) { $0 * $1.count }, "As many elements as the axes say.")
    precondition(
      Set(axes.map(\.name) + [name]).count == axes.count + 1, "Array and axes differ in name.")
    self.name = name
    self.axes = axes
    self.elements = elements
    self.unit = unit
    self.meaning = meaning
  }

  /// An array of double precision.
  ///
  /// - SeeAlso: ``init(_:axes:_:unit:meaning:)``
  package init(
    _ name: String, axes: [ReportAxis], _ elements: [Double], unit: String = "1", meaning: String
  ) {
    self.init(name, axes: axes, .float64(elements), unit: unit, meaning: meaning)
  }

  var byteCount: Int {
    switch elements {
    case .float32(let elements): 4 * elements.count
    case .float64(let elements): 8 * elements.count
    }
  }
}
