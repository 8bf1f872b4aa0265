/// A measured number with an interval around it.
package struct Estimate: Codable, Equatable, Sendable {
  package let value: Double
  /// The lower end of the interval.
  package let low: Double
  /// The upper end of the interval.
  package let high: Double

  package init(value: Double, low: Double, high: Double) {
    self.value = value
    self.low = low
    self.high = high
  }
}
