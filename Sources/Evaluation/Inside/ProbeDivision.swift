/// Which episodes probes are fitted to, which choose how, and which say how well.
struct ProbeDivision: Sendable {
  let fitted: Range<Int>
  let choosing: Range<Int>
  let scored: Range<Int>

  /// Three fifths are fitted, a fifth chooses, a fifth scores.
  ///
  /// - Parameter count: of episodes, at least ``fewest``.
  init(_ count: Int) {
    precondition(count >= Self.fewest, "Every part of a division has episodes.")
    let (first, second) = (count * 3 / 5, count * 4 / 5)
    (fitted, choosing, scored) = (0..<first, first..<second, second..<count)
  }

  static let fewest = 10

  /// Episodes in all.
  var count: Int { scored.upperBound }

  /// What is not fitted: the choosing episodes, then the scored ones.
  var others: Range<Int> { choosing.lowerBound..<scored.upperBound }
}
