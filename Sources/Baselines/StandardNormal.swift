import RealModule

/// Logarithms of probabilities of the standard normal distribution, accurate far into its tails.
enum StandardNormal {
  /// `log √(2π)`
  static let logarithmOfScale = 0.9189385332046728

  /// `log Φ(x)`
  static func logarithmOfCumulative(_ x: Double) -> Double {
    guard x < -30 else { return .log(0.5 * .erfc(-x / 2.0.squareRoot())) }
    // The asymptotic series of the tail; the next term is below 10⁻⁶ of the last.
    let square = x * x
    return -0.5 * square - logarithmOfScale - .log(-x) + .log(onePlus: -1 / square)
  }

  /// `φ(x) / Φ(x)`
  static func hazard(_ x: Double) -> Double {
    .exp(-0.5 * x * x - logarithmOfScale - logarithmOfCumulative(x))
  }

  /// The logarithm of the probability of a normal number between `-limit` and `limit`.
  static func logarithmOfMass(within limit: Double, mean: Double, variance: Double) -> Double {
    // Both tails are alike: with the interval below the mean, the lower end is in the lower tail.
    let scale = variance.squareRoot()
    let upper = logarithmOfCumulative((limit - abs(mean)) / scale)
    let lower = logarithmOfCumulative((-limit - abs(mean)) / scale)
    return upper + .log(-.expMinusOne(lower - upper))
  }
}
