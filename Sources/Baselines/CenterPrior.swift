/// How the centres of classes are distributed, each coordinate independently.
package enum CenterPrior: Hashable, Sendable {
  /// `N(0, variance)`
  case gaussian(variance: Double)
  /// Uniform between `-limit` and `limit`.
  case uniform(limit: Double)
}
