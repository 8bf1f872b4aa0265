import Baselines

// Dimension key
//   E  episodes      d  numbers of an activation

/// Linear probes: ridge regressions in double precision, each quantity with the penalty that suits the
/// choosing episodes best.
enum LinearActivationProbe {
  /// For each fitted row, of features of variance one.
  private static let penalties: [Double] = [
    1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.03, 0.1, 0.3, 1, 3, 10, 100,
  ]

  /// - Parameters:
  ///   - columns: several sets of quantities to look for in the same features.
  ///   - features: `[E, d]`
  static func outcomes(
    of columns: [ProbeColumns], in features: [Float], _ division: ProbeDivision
  ) -> [ProbeOutcome] {
    let fitted = features.rows(division.fitted, of: division.count)
    let others = features.rows(division.others, of: division.count)
    let path = RidgePath(features: fitted, count: division.fitted.count)
    return columns.map { columns in
      var outcome = ProbeOutcome(columns, division)
      let predictions = path.predictions(
        for: others, fittedTo: columns.rows(division.fitted), penalties: penalties)
      for one in predictions { outcome.offer(one) }
      return outcome
    }
  }
}

extension [Float] {
  /// Some of the rows of an array that has `count` of them.
  func rows(_ range: Range<Int>, of count: Int) -> [Float] {
    let width = self.count / count
    return Array(self[range.lowerBound * width..<range.upperBound * width])
  }
}
