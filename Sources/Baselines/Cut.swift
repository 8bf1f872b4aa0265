/// A place at which the examples of a node, sorted by a feature, fall into two parts.
struct Cut {
  /// The larger, the better; negative infinity where nothing can be cut.
  var score = -Double.infinity
  /// How many examples lie below.
  var position = 0

  /// Scores are not negative and differ by rounding where examples are added in another order; so that
  /// ties are ties, a cut is better only if it is by more than this share.
  private static let tolerance = 1e-10

  @inline(__always)
  func isBetter(than other: Cut) -> Bool { score > other.score * (1 + Self.tolerance) }
}
