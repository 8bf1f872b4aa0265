import RealModule

/// Rules that classifiers share.
enum ClassScores {
  /// How far, as a logarithm of probability, a class without examples ranks behind the least likely
  /// class with some: one in twenty thousand, low but finite.
  static let unseenMargin = 10.0

  /// Gives every class that is not in the context its low score; all the same while none is.
  ///
  /// - Parameters:
  ///   - scores: `[C]`, meaningful where `counts` is positive.
  ///   - counts: `[C]`, how many examples of each class there are.
  static func rankUnseen(_ scores: inout [Double], counts: [Int]) {
    var lowest = Double.infinity
    for label in scores.indices where counts[label] > 0 { lowest = min(lowest, scores[label]) }
    let unseen = lowest.isFinite ? lowest - unseenMargin : 0
    for label in scores.indices where counts[label] == 0 { scores[label] = unseen }
  }

  /// Shifts scores so that they are logarithms of probabilities that sum to one.
  static func normalized(_ scores: [Double]) -> [Double] {
    let total = scores.logarithmOfSum
    return scores.map { $0 - total }
  }

  /// The logarithm of a probability, at least -70: what is impossible has a score that is finite.
  static func logarithm(_ probability: Double) -> Double { max(.log(probability), -70) }
}
