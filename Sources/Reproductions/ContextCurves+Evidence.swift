package import Evaluation
package import Reporting

extension ContextCurves {
  /// A place of a curve.
  package enum Place: Sendable {
    case after(Int)
    /// After all examples but the last.
    case last
    /// The mean over all context lengths.
    case mean
  }

  /// The number at a place of a learner's curve, and the interval around it.
  ///
  /// - Parameters:
  ///   - learner: one that was measured.
  ///   - scale: multiplies the curve, such as ``targetMeanSquare`` to undo the division by it.
  package func value(
    of learner: String, _ place: Place, scale: Double = 1
  ) -> Estimate {
    guard let curve = learners[learner] else {
      preconditionFailure("A learner that was measured has a curve: \(learner).")
    }
    return Self.value(of: curve, place, scale: scale)
  }

  /// The same of the logarithms of the probabilities of the true classes.
  package func logProbability(
    of learner: String, _ place: Place, scale: Double = 1
  ) -> Estimate {
    guard let curve = logProbability?[learner] else {
      preconditionFailure("A learner of classes that was measured has a curve: \(learner).")
    }
    return Self.value(of: curve, place, scale: scale)
  }

  private static func value(
    of curve: ContextCurve, _ place: Place, scale: Double
  ) -> Estimate {
    func number(_ numbers: [Double]) -> Double {
      switch place {
      case .after(let count): scale * numbers[count]
      case .last: scale * numbers[numbers.count - 1]
      case .mean: scale * numbers.reduce(0, +) / Double(numbers.count)
      }
    }
    let ends = [number(curve.low), number(curve.high)].sorted()
    return Estimate(value: number(curve.mean), low: ends[0], high: ends[1])
  }

  /// The curves as a chart; what is emphasised comes first in the caption of the axis.
  package func chart(title: String, subtitle: String, emphasized: Set<String>) -> LineChart {
    let isAccuracy = metric == .accuracy
    return LineChart(
      title: title, subtitle: subtitle, horizontalLabel: "examples in the context",
      verticalLabel: isAccuracy ? "accuracy" : "squared error, zero predictor = 1",
      verticalScale: isAccuracy ? .linear : .logarithmic(floor: 1e-3),
      series: order.compactMap { name in
        learners[name].map { curve in
          LineChart.Series(
            name: name, positions: contextLengths.map(Double.init), values: curve.mean,
            band: .init(low: curve.low, high: curve.high), isEmphasized: emphasized.contains(name))
        }
      })
  }
}

extension Evidence {
  /// A evidence from a number with an interval.
  init(
    _ quantity: String, published: Double? = nil,
    _ value: Estimate, _ criterion: Criterion
  ) {
    self.init(
      quantity, published: published, measured: value.value, low: value.low, high: value.high,
      criterion)
  }
}
