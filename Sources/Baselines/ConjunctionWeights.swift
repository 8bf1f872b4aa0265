import RealModule

// Dimension key
//   D  dimension of an input      s  literals of a conjunction

/// The total prior weight of the conjunctions that one can make of a set of literals, each times what
/// its length says about inputs that satisfy it.
struct ConjunctionWeights {
  /// `[pairs + 1, D + 1]`: by the number of coordinates with both literals, and with one.
  private let table: [Double]
  private let rowCount: Int

  /// - Parameters:
  ///   - learner: the law of tasks and inputs.
  ///   - literals: the largest set that will be asked for.
  ///   - trueCount: how many inputs of the context satisfy the conjunction.
  ///   - isQueryTrue: whether one more does.
  ///   - dimension: `D`
  init(
    _ learner: JunctionBayes, _ literals: LiteralSet, _ trueCount: Int, isQueryTrue: Bool,
    _ dimension: Int
  ) {
    let share = learner.forcedShare
    let longest = literals.pairCount + literals.singleCount
    func likelihood(_ length: Int) -> Double { 1 - share + share * .pow(2, length) }
    // Relative to the longest conjunction, so that nothing overflows.
    let factors = (0...dimension).map { length in
      length > longest
        ? 0
        : Double.pow(likelihood(length) / likelihood(longest), trueCount)
          * (isQueryTrue ? likelihood(length) : 1)
    }
    let present = learner.literalProbability
    let absent = 1 - 2 * present
    rowCount = dimension + 1
    var table = [Double](repeating: 0, count: (literals.pairCount + 1) * (dimension + 1))
    /// Weights by length, of pairs first.
    var paired: [Double] = [1]
    for pairs in 0...literals.pairCount {
      var weights = paired
      for singles in 0...dimension - pairs {
        let sum = weights.indices.reduce(0) { $0 + weights[$1] * factors[$1] }
        table[pairs * (dimension + 1) + singles] =
          sum * .pow(absent, dimension - pairs - singles)
        weights = Self.product(weights, absent, present)
      }
      paired = Self.product(paired, absent, 2 * present)
    }
    self.table = table
  }

  /// The coefficients of a polynomial times `constant + slope · z`.
  private static func product(
    _ polynomial: [Double], _ constant: Double, _ slope: Double
  ) -> [Double] {
    var product = polynomial.map { $0 * constant } + [0]
    for i in polynomial.indices { product[i + 1] += polynomial[i] * slope }
    return product
  }

  /// The weight of conjunctions of `literals` that none of some inputs satisfies, by inclusion and
  /// exclusion: `Σ_T (-1)^|T| · weight(literals that hold for all inputs of T)`.
  ///
  /// - Parameter excluded: the literals that hold for each of these inputs.
  func total(of literals: LiteralSet, without excluded: ArraySlice<LiteralSet>) -> Double {
    // An input for which all literals hold cancels each term against the one without it.
    if excluded.contains(where: { literals.isSubset(of: $0) }) { return 0 }
    var sum = table[literals.pairCount * rowCount + literals.singleCount]
    for index in excluded.indices {
      sum -= total(
        of: literals.intersection(excluded[index]), without: excluded[(index + 1)...])
    }
    return sum
  }
}
