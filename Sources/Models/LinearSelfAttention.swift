package import ComputeGraph
package import Episodes
internal import Tensors

// Dimension key
//   B  episodes      T  tokens of an episode      F  width of a token      H  heads
//   D  dimension of an input      C  width of a prediction      n  examples of the context

/// Layers of linear self-attention on the tokens themselves: no softmax, no normalisation, no
/// feed-forward layers, no biases.
///
/// `e_j ← e_j + 1/n Σᵢ (e_j W_Q · e_i W_K) e_i W_V W_P`, where `i` runs over the context. The
/// prediction is minus what stands in the query token where a context token has its target, which
/// starts from zero. One layer can take exactly one step of gradient descent, more layers more
/// (``LinearAttentionWeights``).
///
/// The mean over the context in place of the papers' sum keeps weights meaningful for contexts of
/// every length. Source: von Oswald et al. 2022, section 2, <https://arxiv.org/abs/2212.07677>.
package struct LinearSelfAttention: SequenceModel {
  package let settings: LinearSelfAttentionSettings
  package let layout: PromptLayout

  /// - Parameter layout: of the format `query`.
  package init(_ settings: LinearSelfAttentionSettings, layout: PromptLayout) {
    precondition(layout.format == .query, "Linear self-attention reads one query.")
    self.settings = settings
    self.layout = layout
  }

  private var inputDimension: Int { layout.shape.inputDimension }

  package var parameters: [ParameterDescription] {
    (0..<(settings.sharesLayers ? 1 : settings.layers)).flatMap { layer in
      switch settings.structure {
      case .full:
        ["query", "key", "value"].map { weight(layer, $0, layout.tokenWidth, headWidth) }
          + [weight(layer, "output", headWidth, layout.tokenWidth)]
      case .inputsOnly:
        ["query", "value"].map { weight(layer, $0, inputDimension, inputDimension) }
      }
    }
  }

  /// `H · F`
  private var headWidth: Int { settings.heads * layout.tokenWidth }

  private func weight(
    _ layer: Int, _ name: String, _ input: Int, _ output: Int
  ) -> ParameterDescription {
    ParameterDescription(
      name: "blocks.\(layer).\(name).weight", axes: ["input", "output"], shape: [input, output],
      initialization: .normal(standardDeviation: settings.initialDeviation))
  }

  /// 6 for each weight and each token that needs it, and 12 for each visible pair of tokens and
  /// feature.
  package var operationsPerEpisode: Double {
    let width = Double(settings.structure == .full ? headWidth : layout.tokenWidth)
    let pairs = Double(layout.visiblePrefixes.reduce(0, +))
    let weights = parameters.prefix(settings.structure == .full ? 4 : 2).reduce(0) {
      $0 + $1.shape.count
    }
    let layer = 6 * Double(weights * layout.tokenCount) + 12 * width * pairs
    return Double(settings.layers) * layer
  }

  package var accessibleStateSize: Int {
    settings.layers * stateSize(width: headWidth, heads: settings.heads, scoring: .linear)
  }

  package func predictions(
    _ tokens: Term, _ parameters: [String: Term], _ trace: ActivationTrace
  ) throws(ShapeError) -> Term {
    let scope = ParameterScope(parameters)
    var x = try trace.passing(tokens, at: .stream(afterLayers: 0))
    for layer in 0..<settings.layers {
      let name = "blocks.\(settings.sharesLayers ? 0 : layer)"
      x = try attended(x, scope.appending(name), layer: layer, trace)
      x = try trace.passing(x, at: .stream(afterLayers: layer + 1))
    }
    return try -1 * x.slice(axis: 2, start: inputDimension, count: layout.targetWidth)
  }

  private func attended(
    _ x: Term, _ scope: ParameterScope, layer: Int, _ trace: ActivationTrace
  ) throws(ShapeError) -> Term {
    let isLast = layer == settings.layers - 1
    let seen = try x.slice(axis: 1, start: 0, count: layout.keyCount)
    // Behind the last layer only the query is read.
    let asking = isLast ? try x.slice(axis: 1, start: layout.tokenCount - 1, count: 1) : x
    let query = scope.appending("query").term("weight")
    let value = scope.appending("value").term("weight")
    let gathered: Term
    let weights: Term
    switch settings.structure {
    case .full:
      (gathered, weights) = try asking.product(query).attentionWithWeights(
        key: seen.product(scope.appending("key").term("weight")), value: seen.product(value),
        rule: rule(isLast: isLast))
    case .inputsOnly:
      (gathered, weights) = try asking.product(padded(query)).attentionWithWeights(
        key: seen, value: seen.product(padded(value) + targetsAsTheyAre(x.builder)),
        rule: rule(isLast: isLast))
    }
    trace.note(weights, at: .attentionWeights(layer: layer))
    let mixed = try trace.passing(gathered, at: .heads(layer: layer))
    return switch settings.structure {
    case .full: try asking + mixed.product(scope.appending("output").term("weight"))
    case .inputsOnly: try asking + mixed
    }
  }

  private func rule(isLast: Bool) -> AttentionRule {
    let visibility = Visibility(keyCount: layout.keyCount, prefixes: layout.visiblePrefixes)
    return AttentionRule(
      heads: settings.heads, scoring: .linear, scale: 1 / Float(layout.keyCount),
      visibility: isLast ? visibility.selecting(layout.predictionTokens) : visibility)
  }

  /// `[D, D]` to `[F, F]`, with zeros for the targets.
  private func padded(_ weight: Term) throws(ShapeError) -> Term {
    let width = layout.tokenWidth
    return try weight.placed(axis: 0, start: 0, extent: width)
      .placed(axis: 1, start: 0, extent: width)
  }

  /// `[F, F]`: ones on the diagonal for the targets, else zeros.
  private func targetsAsTheyAre(_ builder: GraphBuilder) throws(ShapeError) -> Term {
    let width = layout.tokenWidth
    var matrix = [Float](repeating: 0, count: width * width)
    for i in inputDimension..<width { matrix[i * width + i] = 1 }
    return try builder.constant(matrix, [width, width])
  }
}

extension Term {
  /// `[B, T, F] · [F, G]` to `[B, T, G]`.
  fileprivate func product(_ weight: Term) throws(ShapeError) -> Term {
    try reshaped(to: [shape[0] * shape[1], shape[2]]).matmul(weight)
      .reshaped(to: [shape[0], shape[1], weight.shape[1]])
  }
}
