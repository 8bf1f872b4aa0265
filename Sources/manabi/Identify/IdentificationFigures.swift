import Evaluation
import Foundation
import Reporting

/// What was found of a model on some tasks, as charts.
struct IdentificationFigures {
  let result: Identification
  /// What the charts are about, such as `my-run, step 9000, unseen tasks`.
  let subject: String
  /// How many candidates a chart of lines shows: as many as it has colours.
  private static let lineCount = 7
  private static let matrixSize = 12

  /// The squared prediction difference to the nearest candidates by context length, if there are
  /// several lengths.
  var differences: LineChart? {
    guard result.contextLengths.count > 1 else { return nil }
    return LineChart(
      title: "How far the model is from what known learners predict", subtitle: subject,
      horizontalLabel: "examples in the context",
      verticalLabel: "squared prediction difference, mean squared target = 1",
      verticalScale: .logarithmic(floor: floor),
      series: leading.enumerated().map { index, candidate in
        Self.series(
          candidate.algorithm, result.contextLengths, candidate.difference, isEmphasized: index == 0
        )
      })
  }

  /// The cosine between the gradients of the model and of candidates by the query.
  var cosines: LineChart? {
    let compared = leading.compactMap { candidate in
      candidate.sensitivity.map { (candidate.algorithm, $0) }
    }
    guard let first = compared.first, first.1.contextLengths.count > 1 else { return nil }
    return LineChart(
      title: "Do predictions change with the query in the same direction?", subtitle: subject,
      horizontalLabel: "examples in the context", verticalLabel: "cosine of sensitivities",
      series: compared.enumerated().map { index, pair in
        Self.series(
          pair.0, pair.1.contextLengths, pair.1.cosines, isEmphasized: index == 0)
      })
  }

  /// Which candidates can be told apart on these tasks at all.
  var matrix: HeatMap {
    let nearest = result.nearestOfEachAlgorithm.prefix(Self.matrixSize).map(\.name)
    let shown = result.candidates.indices.filter { nearest.contains(result.candidates[$0].name) }
    let names = ["the model"] + shown.map { result.candidates[$0].algorithm }
    let own = shown.map { result.candidates[$0].meanDifference.value }
    let rows =
      [[0] + own]
      + shown.indices.map { row in
        [own[row]] + shown.map { result.candidateDifferences[shown[row]][$0] }
      }
    return HeatMap(
      title: "Which algorithms can be told apart on these tasks", subtitle: subject,
      rowLabel: "learner", columnLabel: "learner",
      valueLabel: "decimal logarithm of the squared prediction difference", rows: names,
      columns: names, values: rows.joined().map { $0 > 0 ? max(-9, log10($0)) : nil }, digits: 1)
  }

  private var leading: [CandidateComparison] {
    Array(result.nearestOfEachAlgorithm.prefix(Self.lineCount))
  }

  /// The power of ten below all differences that are shown, but for what is so small that it is
  /// rounding, or looks like it.
  private var floor: Double {
    let least = leading.flatMap(\.difference.low).filter { $0 > 0 }.min() ?? 1
    return pow(10, min(-2, max(-6, log10(least).rounded(.down))))
  }

  private static func series(
    _ name: String, _ lengths: [Int], _ curve: ContextCurve, isEmphasized: Bool
  ) -> LineChart.Series {
    LineChart.Series(
      name: name, positions: lengths.map(Double.init), values: curve.mean,
      band: .init(low: curve.low, high: curve.high), isEmphasized: isEmphasized)
  }
}
