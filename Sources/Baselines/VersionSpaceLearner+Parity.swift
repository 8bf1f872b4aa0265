import Episodes
import RealModule

// Dimension key
//   D  dimension of an input      H  hypotheses

extension VersionSpaceLearner {
  /// The Bayes-optimal learner of the parity of `size` unknown ones of `dimension` coordinates, all
  /// such sets being equally likely.
  ///
  /// Source of the tasks: Park et al. 2024, <https://arxiv.org/abs/2402.04248>, 2 of 10 coordinates
  /// with the convention of signs; Bhattamishra et al. 2023, <https://arxiv.org/abs/2310.03016>, 2
  /// coordinates with that of bits.
  ///
  /// - Parameters:
  ///   - dimension: `D`, at most 64.
  ///   - size: at most `D`.
  ///   - convention: which parity is class 1.
  /// - Complexity: `(D choose size)` hypotheses.
  package static func sparseParity(
    dimension: Int, size: Int, convention: ParityConvention, errorRate: Double = 0
  ) -> VersionSpaceLearner {
    precondition(
      size > 0 && size <= dimension && dimension <= 64, "Parities of up to 64 coordinates.")
    var sets: [UInt64] = [0]
    for _ in 0..<size {
      // Each set grows by coordinates above its highest.
      sets = sets.flatMap { set in
        (64 - set.leadingZeroBitCount..<dimension).map { set | 1 << UInt64($0) }
      }
    }
    return parity(
      sets, weights: [Double](repeating: 1, count: sets.count), convention: convention,
      errorRate: errorRate)
  }

  /// The Bayes-optimal learner of the parity of an unknown set of coordinates, each of which is in it
  /// with probability `inclusion`.
  ///
  /// Source of the tasks: Bhattamishra et al. 2023, <https://arxiv.org/abs/2310.03016>, with `inclusion`
  /// 0.35 and the convention of bits.
  ///
  /// - Parameters:
  ///   - dimension: `D`, at most 20.
  ///   - inclusion: between 0 and 1.
  ///   - convention: which parity is class 1.
  /// - Complexity: `2ᴰ` hypotheses.
  package static func parity(
    dimension: Int, inclusion: Double, convention: ParityConvention, errorRate: Double = 0
  ) -> VersionSpaceLearner {
    precondition(
      dimension > 0 && dimension <= 20 && inclusion > 0 && inclusion < 1,
      "All parities of up to 20 coordinates.")
    let sets = [UInt64](0..<1 << UInt64(dimension))
    let weights = sets.map {
      Double.pow(inclusion, $0.nonzeroBitCount)
        * .pow(1 - inclusion, dimension - $0.nonzeroBitCount)
    }
    return parity(sets, weights: weights, convention: convention, errorRate: errorRate)
  }

  /// - Parameter sets: `[H]`, a bit for each coordinate.
  private static func parity(
    _ sets: [UInt64], weights: [Double], convention: ParityConvention, errorRate: Double
  ) -> VersionSpaceLearner {
    VersionSpaceLearner(name: "parityVersionSpace", weights: weights, errorRate: errorRate) {
      input, classes in
      // The product of signs is positive where an even number is negative.
      let (bits, flip): (UInt64, Int) =
        switch convention {
        case .signs: (input.bits { $0 <= 0 }, 1)
        case .bits: (input.bits { $0 > 0 }, 0)
        }
      let sets = sets.span
      precondition(classes.count == sets.count, "A class for each hypothesis.")
      for i in 0..<sets.count {
        classes[unchecked: i] = UInt8(
          truncatingIfNeeded: (sets[unchecked: i] & bits).nonzeroBitCount & 1 ^ flip)
      }
    }
  }
}

extension Span<Float> {
  /// A bit for each of at most 64 numbers for which a condition holds.
  func bits(_ condition: (Float) -> Bool) -> UInt64 {
    precondition(count <= 64, "A word has 64 bits.")
    var bits: UInt64 = 0
    for i in 0..<count where condition(self[i]) { bits |= 1 << UInt64(i) }
    return bits
  }
}
