/// One number that a claim rests on, and whether it is as it should be.
package struct Evidence: Codable, Equatable, Sendable {
  /// What was measured, as a phrase.
  package let quantity: String
  /// The number of the paper, of its code, or of a closed form.
  package let published: Double?
  package let measured: Double
  /// An interval around the measured number, if there is one.
  package let low: Double?
  package let high: Double?
  package let criterion: Criterion

  package init(
    _ quantity: String, published: Double? = nil, measured: Double, low: Double? = nil,
    high: Double? = nil, _ criterion: Criterion
  ) {
    self.quantity = quantity
    self.published = published
    self.measured = measured
    self.low = low
    self.high = high
    self.criterion = criterion
  }

  package var holds: Bool { criterion.admits(measured) }
}

/// Which numbers agree with a claim.
package enum Criterion: Codable, Equatable, Sendable {
  case within(Double, of: Double)
  case atMost(Double)
  case atLeast(Double)

  package func admits(_ number: Double) -> Bool {
    switch self {
    case .within(let tolerance, let center): abs(number - center) <= tolerance
    case .atMost(let bound): number <= bound
    case .atLeast(let bound): number >= bound
    }
  }
}
