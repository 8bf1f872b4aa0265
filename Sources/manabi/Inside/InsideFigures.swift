import Episodes
import Evaluation
import Reporting

// Dimension key
//   Q  rows: tokens from which attention comes      T  columns: tokens to which it goes

/// What was found inside a model, as charts.
struct InsideFigures {
  let findings: InsideFindings
  /// The episode whose attention is shown by itself.
  let example: Episode

  private var subject: String { "\(findings.run), step \(findings.step)" }

  // MARK: Attention

  /// A head with its maps.
  struct HeadMaps {
    let part: ModelPart
    let mean: HeatMap
    let example: HeatMap
  }

  private static let headCount = 8
  /// Of a map that is too large to be drawn whole, some rows are.
  private static let rowCount = 24
  private static let wholeRowCount = 44

  /// The maps of every head, or of those whose silence does the most damage.
  var maps: [HeadMaps] {
    let damages = findings.ablation.ablations.filter {
      if case .head = $0.part { true } else { false }
    }
    let worst = damages.sorted { $0.zero.error.value > $1.zero.error.value }
      .prefix(Self.headCount).map(\.part)
    return damages.map(\.part).filter(worst.contains).compactMap { part in
      guard case .head(let layer, let head) = part else { return nil }
      let survey = findings.attention.layers[layer - 1]
      return HeadMaps(
        part: part,
        mean: map(
          survey, survey.mean, head: head - 1, title: "Attention of \(part.words)",
          subtitle: "\(subject), mean over \(findings.attention.episodes) tasks",
          names: findings.layout.tokenNames),
        example: map(
          survey, survey.example, head: head - 1, title: "The same for one task",
          subtitle: subject, names: exampleNames))
    }
  }

  private func map(
    _ layer: AttentionLayer, _ weights: [Double], head: Int, title: String, subtitle: String,
    names: [String]
  ) -> HeatMap {
    let count = layer.queries.count
    let shown =
      count <= Self.wholeRowCount
      ? Array(0..<count)
      : (1...Self.rowCount).map { count * $0 / Self.rowCount - 1 }
    let values = shown.flatMap { row -> [Double?] in
      let start = (head * count + row) * layer.keyCount
      let seen = findings.layout.visiblePrefixes[layer.queries[row]]
      // Frames in place of what is not seen would fill a large map.
      let unseen: Double? = layer.keyCount > Self.rowCount ? 0 : nil
      return (0..<layer.keyCount).map { $0 < seen ? weights[start + $0] : unseen }
    }
    let known = values.compactMap(\.self)
    let reach = known.map(\.magnitude).max() ?? 1
    let isSigned = known.contains { $0 < 0 }
    return HeatMap(
      title: title, subtitle: subtitle, rowLabel: "from", columnLabel: "to",
      valueLabel: isSigned ? "weight of attention" : "share of attention",
      rows: shown.map { names[layer.queries[$0]] },
      columns: (0..<layer.keyCount).map { names[$0] }, values: values,
      scale: isSigned ? .diverging(center: 0, reach: reach) : .sequential(0...reach))
  }

  /// The tokens with the labels or symbols that they show in the example.
  private var exampleNames: [String] {
    let layout = findings.layout
    return zip(layout.tokenNames, layout.tokens).map { name, token in
      switch layout.shape.target {
      case .real: name
      case .classes: token.target.map { "\(name) = \(Int(example.targets[$0]))" } ?? name
      case .tokens(let count):
        token.input.map { "\(name): \(Int(example.inputs[$0]).symbol(among: count))" } ?? name
      }
    }
  }

  /// What every head's attention goes to; nil if no token sees a related one, as in a single layer of
  /// queries that see other examples only.
  var shares: HeatMap? {
    let relations = findings.attention.relations
    guard !relations.isEmpty else { return nil }
    let heads = findings.attention.layers.enumerated().flatMap { layer, survey in
      survey.heads.enumerated().map { head, numbers in
        (ModelPart.head(layer: layer + 1, head: head + 1).words, numbers)
      }
    }
    return HeatMap(
      title: "What heads attend to", subtitle: subject, rowLabel: "head", columnLabel: "goes to",
      valueLabel: "share of attention", rows: heads.map(\.0), columns: relations.map(\.words),
      values: heads.flatMap { head in relations.map { head.1.shares[$0]?.value } },
      scale: .sequential(0...1))
  }

  // MARK: Ablation

  /// The damage that the silence of each part does, by layer.
  ///
  /// - Parameter damage: of the two kinds.
  func damage(
    _ damage: (Ablation) -> AblationScore, title: String
  ) -> HeatMap {
    let heads = findings.attention.layers.map(\.heads.count).max() ?? 1
    let layers = findings.attention.layers.count
    let parts = findings.ablation.ablations.map(\.part)
    let hasBranches = parts.contains { if case .feedForward = $0 { true } else { false } }
    let values = (1...layers).flatMap { layer -> [Double?] in
      let row =
        (1...heads).map { ModelPart.head(layer: layer, head: $0) }
        + (hasBranches ? [.feedForward(layer: layer)] : [])
      return row.map { part in
        findings.ablation.ablations.first { $0.part == part }.map { damage($0).error.value }
      }
    }
    let reach = values.compactMap { $0?.magnitude }.max() ?? 1
    return HeatMap(
      title: title, subtitle: subject, rowLabel: "layer", columnLabel: "silenced",
      valueLabel: "increase of the \(findings.ablation.metric.words)",
      rows: (1...layers).map { "layer \($0)" },
      columns: (1...heads).map { "head \($0)" } + (hasBranches ? ["feed-forward"] : []),
      values: values, scale: .diverging(center: 0, reach: reach > 0 ? reach : 1), digits: 3)
  }

  // MARK: Influence

  /// How much tokens behind the first layer depend on those of the prompt.
  var influence: HeatMap {
    let names = findings.layout.tokenNames
    let count = findings.influence.rows.count
    let width = names.count
    let shown =
      count <= Self.wholeRowCount
      ? Array(0..<count) : (1...Self.rowCount).map { count * $0 / Self.rowCount - 1 }
    return HeatMap(
      title: "What tokens behind the first layer depend on",
      subtitle: "\(subject), \(findings.influence.episodes) tasks", rowLabel: "token behind",
      columnLabel: "token of the prompt", valueLabel: "norm of the derivative",
      rows: shown.map { names[findings.influence.rows[$0]] }, columns: names,
      values: shown.flatMap { row in
        (0..<width).map { findings.influence.norms[row * width + $0] }
      })
  }
}

extension AblationSurvey.Metric {
  /// What people call it.
  var words: String {
    switch self {
    case .normalizedSquaredError: "squared error, zero predictor = 1"
    case .crossEntropy: "cross-entropy, in nats"
    }
  }
}
