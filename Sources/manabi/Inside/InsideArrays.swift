import Episodes
import Evaluation
import Storage

// Dimension key
//   L  layers      H  heads      Q  rows: tokens from which attention comes
//   T  tokens of the prompt

/// What was found inside a model, as arrays on named axes; what a model lacks is no number.
struct InsideArrays {
  private let findings: InsideFindings
  private let layers: ReportAxis
  private let heads: ReportAxis
  private let tokens: ReportAxis
  private let others: ReportAxis

  init(_ findings: InsideFindings) {
    self.findings = findings
    let survey = findings.attention.layers
    layers = ReportAxis(
      "layer", .counts(Array(1...survey.count)), meaning: "layer of the model, from one")
    heads = ReportAxis(
      "head", .counts(Array(1...(survey.map(\.heads.count).max() ?? 1))),
      meaning: "head of the layer, from one")
    let names = findings.layout.tokenNames
    tokens = ReportAxis("token", .labels(names), meaning: "token that attends or depends")
    others = ReportAxis(
      "other_token", .labels(names), meaning: "token of the prompt that it attends to or depends on"
    )
  }

  var all: [ReportArray] { attention + influence + probes + ablation }

  // MARK: Attention

  private var attention: [ReportArray] {
    let survey = findings.attention.layers
    return [
      maps("attention_mean", \.mean, "weights of attention, mean over tasks"),
      maps("attention_example", \.example, "weights of attention in the first task"),
      ReportArray(
        "attention_entropy_even", axes: [layers], survey.map(\.even.entropy.value), unit: "nat",
        meaning: "entropy of attention if all tokens that are seen get the same"),
    ]
      + estimates(
        "attention_entropy", axes: [layers, heads], survey.flatMap(\.heads).map(\.entropy),
        unit: "nat", meaning: "entropy of attention") + shares
  }

  /// Shares by relation; nothing if no token sees a related one.
  private var shares: [ReportArray] {
    let relations = findings.attention.relations
    guard !relations.isEmpty else { return [] }
    let relation = ReportAxis(
      "relation", .labels(relations.map(\.rawValue)),
      meaning: "how the token that is attended to is related to the one that attends")
    let survey = findings.attention.layers
    return [
      ReportArray(
        "attention_share_even", axes: [layers, relation],
        survey.flatMap { layer in relations.map { layer.even.shares[$0]?.value ?? .nan } },
        meaning: "share of attention that goes to related tokens if all that are seen get the same")
    ]
      + estimates(
        "attention_share", axes: [layers, heads, relation],
        survey.flatMap(\.heads).flatMap { head in relations.map { head.shares[$0] } },
        meaning: "share of attention that goes to related tokens")
  }

  /// `[L, H, T, T]` of `[H, Q, T]` for each layer.
  private func maps(
    _ name: String, _ weights: (AttentionLayer) -> [Double], _ meaning: String
  ) -> ReportArray {
    let (headCount, tokenCount) = (heads.count, tokens.count)
    var elements = [Float](
      repeating: .nan, count: layers.count * headCount * tokenCount * tokenCount)
    for (index, layer) in findings.attention.layers.enumerated() {
      let weights = weights(layer)
      for head in layer.heads.indices {
        for (row, query) in layer.queries.enumerated() {
          let source = (head * layer.queries.count + row) * layer.keyCount
          let target = ((index * headCount + head) * tokenCount + query) * tokenCount
          for key in 0..<layer.keyCount {
            elements[target + key] = Float(weights[source + key])
          }
        }
      }
    }
    return ReportArray(
      name, axes: [layers, heads, tokens, others], .float32(elements), meaning: meaning)
  }

  // MARK: Influence

  private var influence: [ReportArray] {
    var norms = [Double](repeating: .nan, count: tokens.count * tokens.count)
    for (row, token) in findings.influence.rows.enumerated() {
      for other in 0..<tokens.count {
        norms[token * tokens.count + other] =
          findings.influence.norms[row * tokens.count + other]
      }
    }
    let related = TokenRelation.allCases.compactMap { relation in
      findings.influence.related[relation].map { (relation.rawValue, $0) }
    }
    let all = related + (findings.influence.others.map { [("others", $0)] } ?? [])
    let kind = ReportAxis(
      "influence_relation", .labels(all.map(\.0)),
      meaning: "how the token of the prompt is related to the one behind the first layer")
    return [
      ReportArray(
        "influence", axes: [tokens, others], norms,
        meaning: "norm of the derivative of tokens behind the first layer by those of the prompt")
    ]
      + estimates(
        "influence_by_relation", axes: [kind], all.map(\.1),
        meaning: "norm of the derivative, over pairs of tokens so related")
  }

  // MARK: Probes

  private var probes: [ReportArray] {
    let scores = findings.probes.scores
    guard !scores.isEmpty else { return [] }
    let quantities = ProbeQuantity.allCases.filter { one in
      scores.contains { $0.quantity == one }
    }
    let roles = ProbeSite.Role.allCases.filter { one in
      scores.contains { $0.site.role == one }
    }
    let lengths = Set(scores.map(\.site.contextLength)).sorted()
    let depths = Set(scores.map(\.layers)).sorted()
    let axes = [
      ReportAxis(
        "quantity", .labels(quantities.map(\.rawValue)), meaning: "what the probe looks for"),
      ReportAxis("role", .labels(roles.map(\.rawValue)), meaning: "what the token is there for"),
      ReportAxis(
        "context_length", .counts(lengths), meaning: "examples or symbols that it has seen"),
      ReportAxis("layers", .counts(depths), meaning: "layers before the place in the stream"),
    ]
    func values(_ part: (ProbeScore) -> Estimate) -> [Estimate?] {
      quantities.flatMap { quantity in
        roles.flatMap { role in
          lengths.flatMap { length in
            depths.map { depth in
              scores.first {
                $0.quantity == quantity && $0.layers == depth && $0.site.role == role
                  && $0.site.contextLength == length
              }.map(part)
            }
          }
        }
      }
    }
    let kinds: [(name: String, words: String, part: (ProbeScore) -> Estimate)] = [
      ("probe_linear", "linear probe", \.linear),
      ("probe_linear_control", "linear probe on the control task", \.linearControl),
      ("probe_network", "probe of one hidden layer", \.network),
      ("probe_network_control", "probe of one hidden layer on the control task", \.networkControl),
    ]
    return kinds.flatMap { kind in
      estimates(
        kind.name, axes: axes, values(kind.part),
        meaning: "share of variance that the \(kind.words) explains")
    }
  }

  // MARK: Ablation

  private var ablation: [ReportArray] {
    let ablations = findings.ablation.ablations
    let part = ReportAxis(
      "part", .labels(ablations.map(\.part.words)), meaning: "what is silenced")
    let metric = findings.ablation.metric.words
    return estimates(
      "ablation_zero", axes: [part], ablations.map(\.zero.error),
      meaning: "increase of the \(metric), if the part gives zero")
      + estimates(
        "ablation_mean", axes: [part], ablations.map(\.mean.error),
        meaning: "increase of the \(metric), if the part gives its average")
      + estimates(
        "ablation_zero_accuracy", axes: [part], ablations.map(\.zero.accuracy),
        meaning: "change of the accuracy, if the part gives zero")
      + estimates(
        "ablation_mean_accuracy", axes: [part], ablations.map(\.mean.accuracy),
        meaning: "change of the accuracy, if the part gives its average")
      + estimates(
        "intact_error", axes: [], [findings.ablation.intact.error],
        meaning: "\(metric), of the model as it is")
  }

  /// Three arrays: values and both ends of their intervals; none where nothing was measured.
  private func estimates(
    _ name: String, axes: [ReportAxis], _ found: [Estimate?], unit: String = "1", meaning: String
  ) -> [ReportArray] {
    guard found.contains(where: { $0 != nil }) else { return [] }
    let parts: [(ending: String, words: String, part: (Estimate) -> Double)] = [
      ("", "", \.value), ("_low", ", lower end of the interval", \.low),
      ("_high", ", upper end of the interval", \.high),
    ]
    return parts.map { part in
      ReportArray(
        name + part.ending, axes: axes, found.map { $0.map(part.part) ?? .nan }, unit: unit,
        meaning: meaning + part.words)
    }
  }
}
