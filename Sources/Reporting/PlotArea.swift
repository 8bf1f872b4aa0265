/// A panel with axes, and the map from numbers to its pixels.
struct PlotArea {
  let corner: (x: Double, y: Double)
  let width: Double
  let height: Double
  let horizontal: AxisScale
  let vertical: AxisScale

  func x(_ position: Double) -> Double { corner.x + width * horizontal.fraction(of: position) }

  func y(_ value: Double) -> Double { corner.y + height * (1 - vertical.fraction(of: value)) }

  /// The grid, the lower axis with its numbers, and the title above.
  ///
  /// - Parameter isNumbered: whether the numbers of the vertical axis are written.
  func axes(title: String, isNumbered: Bool) -> [XMLElement] {
    let (left, right, bottom) = (corner.x, corner.x + width, corner.y + height)
    var elements = [
      XMLElement.label(title, x: left, y: corner.y - 10, anchor: "start", style: "name")
    ]
    for tick in vertical.ticks {
      elements.append(.segment(left, y(tick.value), right, y(tick.value), style: "grid"))
      guard isNumbered else { continue }
      elements.append(
        .label(tick.label, x: left - 10, y: y(tick.value) + 4.5, anchor: "end", style: "quiet"))
    }
    elements.append(.segment(left, bottom, right, bottom, style: "axis"))
    for tick in horizontal.ticks {
      let place = x(tick.value)
      elements.append(.segment(place, bottom, place, bottom + 5, style: "axis"))
      elements.append(
        .label(tick.label, x: place, y: bottom + 21, anchor: "middle", style: "quiet"))
    }
    return elements
  }
}
