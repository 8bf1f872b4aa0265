/// A sample mean with its standard error.
package struct Sample: Sendable {
  package let mean: Double
  package let standardError: Double

  /// - Parameter numbers: independent ones, at least two.
  package init(_ numbers: [Double]) {
    precondition(numbers.count > 1, "One number has no standard error.")
    let count = Double(numbers.count)
    let mean = numbers.reduce(0, +) / count
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    self.mean = mean
    standardError = (variance / count).squareRoot()
  }

  /// The share of independent trials that succeeded.
  package init(share: Double, of count: Int) {
    mean = share
    standardError = (share * (1 - share) / Double(count)).squareRoot()
  }
}

extension Collection where Element: BinaryFloatingPoint {
  /// The mean of the squares, in double precision.
  package var meanSquare: Double {
    reduce(0.0) { $0 + Double($1) * Double($1) } / Double(count)
  }
}
