// Dimension key
//   N  examples in an episode

/// Cuts so that the squared deviations of targets from the means of the two parts are least.
struct SquaredErrorCriterion: SplitCriterion {
  struct Summary {
    var derivatives = LossDerivatives()
    var lowest = Double.infinity
    var highest = -Double.infinity
  }

  /// `[N]`: half the squared error, around zero. So the minimiser is the mean.
  private let derivatives: [LossDerivatives]
  private let rule = GradientSplitRule(penalty: 0, leastCurvature: 0)

  /// - Parameter targets: `[N]`
  init(targets: [Double]) {
    derivatives = targets.map { LossDerivatives(first: -$0, second: 1) }
  }

  func summary(of examples: Span<Int32>) -> Summary {
    var summary = Summary()
    for i in 0..<examples.count {
      let term = derivatives[Int(examples[i])]
      summary.derivatives += term
      summary.lowest = min(summary.lowest, -term.first)
      summary.highest = max(summary.highest, -term.first)
    }
    return summary
  }

  func isPure(_ summary: Summary) -> Bool { summary.lowest == summary.highest }

  func bestCut(_ order: Span<Int32>, _ column: Span<Float>, _ summary: Summary) -> Cut {
    rule.bestCut(order, column, derivatives.span, total: summary.derivatives)
  }
}
