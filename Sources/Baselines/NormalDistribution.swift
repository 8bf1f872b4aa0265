import RealModule

/// A normal distribution of one number.
package struct NormalDistribution: Equatable, Sendable {
  package let mean: Double
  package let variance: Double

  package init(mean: Double, variance: Double) {
    self.mean = mean
    self.variance = variance
  }

  /// The logarithm of the density at `number`.
  package func logarithmOfDensity(at number: Double) -> Double {
    let deviation = number - mean
    return -0.5 * (deviation * deviation / variance + .log(2 * .pi * variance))
  }
}
