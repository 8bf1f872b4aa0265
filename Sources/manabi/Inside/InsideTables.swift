import Evaluation
import Reporting

/// What was found inside a model, as tables.
struct InsideTables {
  private let findings: InsideFindings
  private static let lineWidth = 120

  init(_ findings: InsideFindings) { self.findings = findings }

  /// All of them, for the terminal.
  var text: String {
    let parts = [
      ("Which tokens heads attend to, and the damage without them:", heads),
      ("Damage without feed-forward branches:", feedForwards),
      ("What probes find in the residual stream (share of variance explained):", probes),
      ("Which tokens one behind the first layer depends on (norm of the derivative):", influences),
    ]
    return parts.filter { !$0.1.rows.isEmpty }.map { title, table in
      "\(title)\n\n\(table.rendered(width: Self.lineWidth))"
    }.joined(separator: "\n")
  }

  /// A row for each head, and one for even attention in each layer.
  var heads: TextTable {
    let relations = findings.attention.relations
    var table = TextTable(
      columns: [.init("head", .words)]
        + relations.map { .init($0.words, .numbers(digits: 2)) }
        + [.init("entropy", .numbers(digits: 2))] + Self.damageColumns)
    for (index, layer) in findings.attention.layers.enumerated() {
      func cells(_ numbers: AttentionNumbers) -> [TextTable.Cell] {
        relations.map { relation in
          numbers.shares[relation].map { .number($0.value) } ?? .absent
        } + [.number(numbers.entropy.value)]
      }
      for (head, numbers) in layer.heads.enumerated() {
        let part = ModelPart.head(layer: index + 1, head: head + 1)
        table.append([.words(part.words)] + cells(numbers) + damage(of: part))
      }
      table.append(
        [.words("layer \(index + 1), if even")] + cells(layer.even) + [.absent, .absent])
    }
    return table
  }

  /// A row for each feed-forward branch.
  var feedForwards: TextTable {
    var table = TextTable(columns: [.init("branch", .words)] + Self.damageColumns)
    for ablation in findings.ablation.ablations {
      guard case .feedForward = ablation.part else { continue }
      table.append([.words(ablation.part.words)] + damage(of: ablation.part))
    }
    return table
  }

  private static let damageColumns: [TextTable.Column] = [
    .init("zero instead", .words), .init("mean instead", .words),
  ]

  private func damage(of part: ModelPart) -> [TextTable.Cell] {
    guard let ablation = findings.ablation.ablations.first(where: { $0.part == part }) else {
      return [.absent, .absent]
    }
    return [ablation.zero, ablation.mean].map { score in
      let half = (score.error.high - score.error.low) / 2
      return .words("\(Self.signed(score.error.value)) ± \(half.fixed(3))")
    }
  }

  private static func signed(_ number: Double) -> String {
    (number < 0 ? "" : "+") + number.fixed(3)
  }

  /// After the longest context: two rows for each quantity and role, a column for each number of
  /// layers, and the largest share on the control task.
  var probes: TextTable {
    let layers = Set(findings.probes.scores.map(\.layers)).sorted()
    var table = TextTable(
      columns: [.init("quantity", .words), .init("read at", .words), .init("probe", .words)]
        + layers.map { .init($0 == 1 ? "1 layer" : "\($0) layers", .numbers(digits: 2)) }
        + [.init("control", .numbers(digits: 2))])
    for pair in ProbeFigures(findings: findings).pairs {
      guard let length = pair.lengths.last else { continue }
      let scores = layers.map { pair.score($0, length) }
      func append(
        _ name: String, _ part: (ProbeScore) -> Estimate, _ control: (ProbeScore) -> Estimate
      ) {
        let largest = scores.compactMap { $0.map(control)?.value }.max()
        table.append(
          [
            .words(pair.quantity.words), .words(pair.role.words(after: length)), .words(name),
          ] + scores.map { $0.map { .number(part($0).value) } ?? .absent }
            + [largest.map { .number($0) } ?? .absent])
      }
      append("linear", \.linear, \.linearControl)
      append("hidden layer", \.network, \.networkControl)
    }
    return table
  }

  /// A row for each relation of tokens.
  var influences: TextTable {
    var table = TextTable(
      columns: [
        .init("depends on", .words), .init("norm", .numbers(digits: 3)),
        .init("90 % interval", .words),
      ])
    func append(_ words: String, _ estimate: Estimate?) {
      guard let estimate else { return }
      table.append([
        .words(words), .number(estimate.value),
        .words("\(estimate.low.fixed(3)) to \(estimate.high.fixed(3))"),
      ])
    }
    for relation in TokenRelation.allCases {
      append(relation.words, findings.influence.related[relation])
    }
    append("others that it sees", findings.influence.others)
    return table
  }
}

extension ProbeSite.Role {
  /// What people call a token of this role that has seen so many examples.
  func words(after contextLength: Int) -> String {
    switch self {
    case .query: "query after \(contextLength)"
    case .example: "example \(contextLength)"
    }
  }
}
