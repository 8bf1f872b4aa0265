import Foundation

/// The map from the numbers on an axis to a length between zero and one, and the round numbers to
/// mark on it.
struct AxisScale {
  private enum Kind {
    case linear
    case logarithmic
  }

  private let kind: Kind
  let lower: Double
  let upper: Double
  /// The numbers to mark, ascending, with the text beside each.
  let ticks: [(value: Double, label: String)]

  /// A proportional scale over `values`, widened to round numbers if `roundsOut`, and then from zero
  /// if all are positive and `coversZero`.
  init(linear values: [Double], tickCount: Int, roundsOut: Bool, coversZero: Bool = true) {
    kind = .linear
    let largest = values.max() ?? 1
    let smallest = values.min() ?? 0
    let low = roundsOut && coversZero ? min(smallest, 0) : smallest
    let high = largest > low ? largest : low + 1
    let step = Self.roundStep((high - low) / Double(tickCount), wholeNumbers: !roundsOut)
    lower = roundsOut ? (low / step).rounded(.down) * step : low
    upper = roundsOut ? (high / step - 1e-9).rounded(.up) * step : high
    ticks = Self.ticks(from: lower, to: upper, step: step)
  }

  /// A proportional scale over `values` with some air at its ends.
  init(around values: [Double], tickCount: Int) {
    kind = .linear
    let smallest = values.min() ?? 0
    let largest = values.max() ?? 1
    let span = largest > smallest ? largest - smallest : 1
    lower = smallest - 0.06 * span
    upper = largest + 0.06 * span
    let step = Self.roundStep(span / Double(tickCount), wholeNumbers: false)
    ticks = Self.ticks(from: lower, to: upper, step: step)
  }

  /// A logarithmic scale from `floor` to the next round number above `values`.
  init(logarithmic values: [Double], floor: Double) {
    kind = .logarithmic
    let high = max(values.max() ?? floor, floor * 2)
    var marks: [(value: Double, label: String)] = []
    for exponent in Int(log10(floor).rounded(.down))...Int(log10(high).rounded(.up)) {
      let spans = log10(high / floor)
      let multiples: [Double] = spans > 3.2 ? [1] : spans > 1.6 ? [1, 3] : [1, 2, 5]
      for multiple in multiples {
        let value = multiple * pow(10, Double(exponent))
        marks.append((value, Self.label(multiple, exponent)))
      }
    }
    let covering = marks.first { $0.value >= high * 0.999 }?.value ?? high
    // A little air above the highest line reads better than a whole further decade.
    let roof = covering > high * 1.6 ? high * 1.15 : covering
    lower = floor
    upper = roof
    ticks = marks.filter { (floor * 0.999...roof * 1.001).contains($0.value) }
  }

  /// `multiple · 10^exponent` in digits, or as that where they would be many.
  private static func label(_ multiple: Double, _ exponent: Int) -> String {
    guard !(-4...4).contains(exponent) else {
      return (multiple * pow(10, Double(exponent))).fixed(max(0, -exponent))
    }
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    let power = "\(exponent.magnitude)".compactMap(\.wholeNumberValue).map { String(digits[$0]) }
    let sign = exponent < 0 ? "⁻" : ""
    return "\(multiple == 1 ? "" : "\(multiple.fixed(0))·")10\(sign)\(power.joined())"
  }

  /// The room that the numbers beside an axis take at its left, in pixels.
  var labelWidth: Double {
    // System fonts set 13-pixel text at 7 pixels a letter on average, digits a little wider.
    max(64, 34 + 8 * Double(ticks.map(\.label.count).max() ?? 0))
  }

  /// Zero at the lower end, one at the upper end; numbers outside are moved to the nearer end.
  func fraction(of value: Double) -> Double {
    let clamped = min(max(value, lower), upper)
    return switch kind {
    case .linear: (clamped - lower) / (upper - lower)
    case .logarithmic: log(clamped / lower) / log(upper / lower)
    }
  }

  /// The multiples of `step` within a range, of which there is at least one.
  private static func ticks(
    from lower: Double, to upper: Double, step: Double
  ) -> [(value: Double, label: String)] {
    let digits = min(12, max(0, Int((-log10(step) - 1e-9).rounded(.up))))
    let first = Int((lower / step - 1e-9).rounded(.up))
    let last = Int((upper / step + 1e-9).rounded(.down))
    return (first...last).map { (Double($0) * step, (Double($0) * step).fixed(digits)) }
  }

  /// The smallest of 1, 2, 5 times a power of ten that is at least `width`.
  private static func roundStep(_ width: Double, wholeNumbers: Bool) -> Double {
    let power = pow(10, log10(width).rounded(.down))
    let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= width * 0.999 } ?? 10 * power
    return wholeNumbers ? max(1, step) : step
  }
}
