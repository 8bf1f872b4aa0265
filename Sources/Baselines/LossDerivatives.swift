/// First and second derivative of the loss of an example by its prediction, or their sums over
/// examples.
struct LossDerivatives {
  var first = 0.0
  var second = 0.0

  @inline(__always)
  static func += (sum: inout Self, term: Self) {
    sum.first += term.first
    sum.second += term.second
  }

  /// The constant that minimises the loss, expanded to second order, plus `½ penalty · constant²`.
  func minimizer(penalty: Double) -> Double { -first / (second + penalty) }

  /// Twice what ``minimizer(penalty:)`` takes off the loss.
  func decrease(penalty: Double) -> Double { first * first / (second + penalty) }
}
