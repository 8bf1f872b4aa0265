import Evaluation
import Reporting

/// What probes found in the residual stream of a model, as charts.
struct ProbeFigures {
  let findings: InsideFindings

  private var subject: String {
    "\(findings.run), step \(findings.step), \(findings.probes.scored) tasks that no probe saw"
  }

  /// A quantity looked for at tokens of one role.
  struct Pair {
    let quantity: ProbeQuantity
    let role: ProbeSite.Role
    let scores: [ProbeScore]

    var lengths: [Int] { Set(scores.map(\.site.contextLength)).sorted() }
    var layers: [Int] { Set(scores.map(\.layers)).sorted() }

    func score(_ layers: Int, _ length: Int) -> ProbeScore? {
      scores.first { $0.layers == layers && $0.site.contextLength == length }
    }
  }

  /// All that were looked for.
  var pairs: [Pair] {
    ProbeQuantity.allCases.flatMap { quantity in
      ProbeSite.Role.allCases.map { role in
        Pair(quantity: quantity, role: role, scores: findings.probes.scores(of: quantity, role))
      }
    }.filter { !$0.scores.isEmpty }
  }

  /// By layer, after the longest context; nil where the stream was read behind one layer only.
  func curve(_ pair: Pair) -> LineChart? {
    guard pair.layers.count > 1, let length = pair.lengths.last else { return nil }
    let scores = pair.layers.compactMap { pair.score($0, length) }
    func series(
      _ name: String, _ part: (ProbeScore) -> Estimate, isEmphasized: Bool = false
    ) -> LineChart.Series {
      let estimates = scores.map(part)
      // Below −1 a probe is useless, and how useless would flatten the rest of the chart.
      return LineChart.Series(
        name: name, positions: scores.map { Double($0.layers) },
        values: estimates.map { max(-1, $0.value) },
        band: .init(
          low: estimates.map { max(-1, $0.low) }, high: estimates.map { max(-1, $0.high) }),
        isEmphasized: isEmphasized)
    }
    return LineChart(
      title: "\(pair.quantity.words.capitalizedFirst), \(pair.role.words(after: length))",
      subtitle: subject, horizontalLabel: "layers", verticalLabel: "share of variance explained",
      series: [
        series("linear", \.linear, isEmphasized: true),
        series("one hidden layer", \.network),
        series("linear, control", \.linearControl),
        series("hidden, control", \.networkControl),
      ])
  }

  /// The better of the two probes by layer and context length; nil for a single cell.
  func map(_ pair: Pair) -> HeatMap? {
    guard pair.layers.count * pair.lengths.count > 1 else { return nil }
    return HeatMap(
      title: "\(pair.quantity.words.capitalizedFirst) by layer and place", subtitle: subject,
      rowLabel: "layers", columnLabel: pair.role.words,
      valueLabel: "share of variance that the linear probe explains",
      rows: pair.layers.map(String.init), columns: pair.lengths.map(String.init),
      values: pair.layers.flatMap { layers in
        pair.lengths.map { pair.score(layers, $0)?.linear.value }
      }, scale: .sequential(0...1))
  }
}

extension ProbeSite.Role {
  /// What people call tokens of this role.
  var words: String {
    switch self {
    case .query: "query after so many"
    case .example: "example number"
    }
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
