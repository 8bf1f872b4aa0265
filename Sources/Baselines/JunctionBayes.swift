import Episodes
import RealModule

// Dimension key
//   N  examples in an episode      D  dimension of an input

/// The Bayes-optimal learner of random conjunctions or disjunctions of literals.
///
/// In a task each coordinate is, independently, in the conjunction with probability
/// `literalProbability`, negated with the same probability, or left out; a coordinate is true where it
/// is positive. Inputs are uniform, but a share `forcedShare` of them is made to satisfy the
/// conjunction, so that classes are balanced: for a conjunction of `s` literals a satisfying input has
/// `1 - forcedShare + forcedShare · 2ˢ` times the uniform probability, any other `1 - forcedShare`
/// times. So inputs tell of the task as well as labels do, and the query's own class is more likely
/// true the longer the conjunction. A disjunction is the negation of a conjunction of the opposite
/// literals, which are distributed alike; there inputs are forced to falsify it.
///
/// The posterior is summed in closed form. Conjunctions that hold for some inputs are made of the
/// literals that hold for all of these, so their weights, by length, are coefficients of a product over
/// coordinates. That no false example satisfies the conjunction is taken in by inclusion and exclusion
/// over false examples; sets of literals shrink so quickly that few terms remain. A context that
/// contradicts itself gives even odds.
///
/// A false example matters only if the possible literals that hold for it are not all among those that
/// hold for another. Of more than 24 that matter, the 24 with the most such literals are kept, and the
/// learner is no longer exact.
///
/// Source of the tasks: Bhattamishra et al. 2023, <https://arxiv.org/abs/2310.03016>, and its code, with
/// 0.15 and 0.3.
package struct JunctionBayes: EpisodeLearner {
  /// How literals are joined.
  package enum Connective: Hashable, Sendable {
    case conjunction
    case disjunction
  }

  /// How many false examples are taken in exactly.
  static let constraintLimit = 24

  package let connective: Connective
  package let literalProbability: Double
  package let forcedShare: Double

  /// - Parameters:
  ///   - connective: how literals are joined.
  ///   - literalProbability: between 0 and ½.
  ///   - forcedShare: in 0 ..< 1.
  package init(
    _ connective: Connective, literalProbability: Double = 0.15, forcedShare: Double = 0.3
  ) {
    precondition(
      literalProbability > 0 && literalProbability < 0.5 && forcedShare >= 0 && forcedShare < 1,
      "A literal is there with some probability, its contrary with the same.")
    self.connective = connective
    self.literalProbability = literalProbability
    self.forcedShare = forcedShare
  }

  package var name: String {
    switch connective {
    case .conjunction: "conjunctionBayes"
    case .disjunction: "disjunctionBayes"
    }
  }

  /// - Complexity: O(N · D³) and the terms of inclusion and exclusion.
  func predictions(of episode: Episode) -> [Double] {
    let dimension = episode.shape.inputDimension
    precondition(episode.classCount == 2 && dimension <= 64, "Two classes of up to 64 literals.")
    var possible = LiteralSet(allOf: dimension)
    var trueCount = 0
    var excluded: [LiteralSet] = []
    var predictions: [Double] = []
    for example in 0..<episode.shape.exampleCount {
      let satisfied = LiteralSet(
        satisfiedBy: episode.inputs.span.extracting(
          example * dimension..<(example + 1) * dimension))
      let odds = logarithmOfOdds(satisfied, possible, trueCount, excluded, dimension)
      // Odds of a true conjunction; a disjunction of the opposite literals is then false.
      predictions += connective == .conjunction ? [0, odds] : [odds, 0]
      if (episode.label(of: example) == 1) == (connective == .conjunction) {
        possible = possible.intersection(satisfied)
        trueCount += 1
      } else {
        excluded.append(satisfied)
      }
    }
    return predictions
  }

  /// Logarithm of the odds that the conjunction holds for an input, between ± the margin that classes
  /// without support have elsewhere.
  private func logarithmOfOdds(
    _ satisfied: LiteralSet, _ possible: LiteralSet, _ trueCount: Int, _ excluded: [LiteralSet],
    _ dimension: Int
  ) -> Double {
    let constraints = tightest(excluded, possible)
    let after = ConjunctionWeights(self, possible, trueCount, isQueryTrue: true, dimension)
    let before = ConjunctionWeights(self, possible, trueCount, isQueryTrue: false, dimension)
    let all = before.total(of: possible, without: constraints[...])
    guard all > 1e-10 * before.total(of: possible, without: []) else { return 0 }
    let common = possible.intersection(satisfied)
    let holds = max(0, after.total(of: common, without: constraints[...]))
    let holdsBefore = max(0, before.total(of: common, without: constraints[...]))
    let fails = (1 - forcedShare) * max(0, all - holdsBefore)
    let odds = Double.log(holds) - .log(fails)
    return min(max(odds, -ClassScores.unseenMargin), ClassScores.unseenMargin)
  }

  /// The possible literals that hold for false examples: of sets within one another the largest, the
  /// largest first.
  private func tightest(_ excluded: [LiteralSet], _ possible: LiteralSet) -> [LiteralSet] {
    let sorted = excluded.map { possible.intersection($0) }.enumerated().sorted { left, right in
      let counts = (left.element.count, right.element.count)
      return counts.0 == counts.1 ? left.offset < right.offset : counts.0 > counts.1
    }
    var kept: [LiteralSet] = []
    for (_, literals) in sorted where kept.count < Self.constraintLimit {
      if !kept.contains(where: { literals.isSubset(of: $0) }) { kept.append(literals) }
    }
    return kept
  }
}
