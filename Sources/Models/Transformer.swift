package import ComputeGraph
package import Episodes
internal import Tensors

// Dimension key
//   B  episodes      T  tokens of an episode      F  width of a token
//   N  predictions   C  width of a prediction     d  width of the residual stream

/// A pre-norm Transformer in the manner of GPT-2 that reads one prompt layout.
///
/// `x ← x + attention(norm(x))`, then `x ← x + contract(activation(expand(norm(x))))`, in each
/// layer. In the last layer only the tokens at which predictions are read are computed; the others
/// give keys and values alone.
///
/// Source: Radford et al. 2019, section 2.3, as Garg et al. 2022, section 3 and appendix A.1, use
/// it, <https://arxiv.org/abs/2208.01066>.
package struct Transformer: SequenceModel {
  package let configuration: TransformerConfiguration
  package let layout: PromptLayout
  /// Of the products within the layers. What reads episodes in and predictions out is single
  /// precision: it is a small part of the work, and data keep all their digits.
  package let precision: Precision

  static let normalizationEpsilon: Float = 1e-5

  package init(
    _ configuration: TransformerConfiguration, layout: PromptLayout,
    precision: Precision = .float32
  ) {
    self.configuration = configuration
    self.layout = layout
    self.precision = precision
  }

  /// 6 for each weight of the read-in and the dense layers and each token that needs it, and 12 for
  /// each visible pair of tokens and feature.
  ///
  /// Tokens to which none attends need neither keys nor values. The read-out is left out, as it is
  /// in the figures that others give.
  package var operationsPerEpisode: Double {
    let width = Double(configuration.width)
    let tokens = Double(layout.tokenCount)
    let keys = Double(layout.keyCount)
    let pairs = Double(layout.visiblePrefixes.reduce(0, +))
    let dense = (2 * tokens + 2 * keys + 2 * Double(configuration.expansion) * tokens) * width
    let layer = 6 * dense * width + 12 * width * pairs
    let readIn = 6 * tokens * Double(layout.tokenWidth) * width
    return Double(configuration.layers) * layer + readIn
  }

  /// The keys and values of the tokens that the last prediction sees, `2 · layers · width · tokens`
  /// with softmax.
  package var accessibleStateSize: Int {
    configuration.layers
      * stateSize(
        width: configuration.width, heads: configuration.heads, scoring: configuration.attention)
  }

  package func predictions(
    _ tokens: Term, _ parameters: [String: Term], _ trace: ActivationTrace
  ) throws(ShapeError) -> Term {
    let scope = ParameterScope(parameters)
    var x = try tokens.linear(scope.appending("readIn"))
    if configuration.positions == .learned {
      x = try x + scope.term("positions.weight").broadcast(to: x.shape, axes: [1, 2])
    }
    x = try trace.passing(x, at: .stream(afterLayers: 0))
    for layer in 0..<configuration.layers {
      let name = "blocks.\(configuration.sharesLayers ? 0 : layer)"
      x = try block(x, scope.appending(name), layer: layer, trace)
      x = try trace.passing(x, at: .stream(afterLayers: layer + 1))
    }
    return try x.layerNorm(scope.appending("norm")).linear(scope.appending("readOut"))
  }

  private func block(
    _ input: Term, _ scope: ParameterScope, layer: Int, _ trace: ActivationTrace
  ) throws(ShapeError) -> Term {
    let isLast = layer == configuration.layers - 1
    let normal = try input.layerNorm(scope.appending("attentionNorm"))
    let attention = scope.appending("attention")
    let (gathered, weights) =
      configuration.positions == .relative
      ? try relativelyAttended(normal, attention, isLast: isLast)
      : try attended(normal, attention, isLast: isLast)
    trace.note(weights, at: .attentionWeights(layer: layer))
    let mixed = try trace.passing(gathered, at: .heads(layer: layer))
    let x =
      try mixed.linear(attention.appending("output"), precision)
      + (isLast ? select(input) : input)
    guard configuration.expansion > 0 else { return x }
    let feedForward = scope.appending("feedForward")
    let hidden = try x.layerNorm(scope.appending("feedForwardNorm"))
      .linear(feedForward.appending("expand"), precision).activation(configuration.activation)
    let branch = try hidden.linear(feedForward.appending("contract"), precision)
    return try trace.passing(branch, at: .feedForward(layer: layer)) + x
  }

  private func attended(
    _ normal: Term, _ scope: ParameterScope, isLast: Bool
  ) throws(ShapeError) -> (mixed: Term, weights: Term) {
    let queries = isLast ? try select(normal) : normal
    let seen = try normal.slice(axis: 1, start: 0, count: layout.keyCount)
    return try queries.linear(scope.appending("query"), precision).attentionWithWeights(
      key: seen.linear(scope.appending("key"), precision),
      value: seen.linear(scope.appending("value"), precision), rule: rule(isLast: isLast))
  }

  /// `[B, T, …]` to `[B, N, …]`: the tokens at which predictions are read.
  func select(_ x: Term) throws(ShapeError) -> Term {
    let tokens = layout.predictionTokens
    let stride = tokens.count > 1 ? tokens[1] - tokens[0] : 1
    return try x.slice(axis: 1, start: tokens[0], stride: stride, count: tokens.count)
  }

  func rule(isLast: Bool) -> AttentionRule {
    let visibility = Visibility(
      keyCount: layout.keyCount, prefixes: layout.visiblePrefixes)
    return AttentionRule(
      heads: configuration.heads, scoring: configuration.attention,
      scale: 1 / Float(configuration.width / configuration.heads).squareRoot(),
      visibility: isLast ? visibility.selecting(layout.predictionTokens) : visibility,
      precision: precision)
  }
}

extension Term {
  func linear(
    _ scope: ParameterScope, _ precision: Precision = .float32
  ) throws(ShapeError) -> Term {
    let weight = scope.term("weight")
    if let bias = scope.optionalTerm("bias") {
      return try linear(weight: weight, bias: bias, precision: precision)
    }
    let none = try builder.fill(0, [weight.shape[1]])
    return try linear(weight: weight, bias: none, precision: precision)
  }

  fileprivate func layerNorm(_ scope: ParameterScope) throws(ShapeError) -> Term {
    try layerNorm(
      scale: scope.term("scale"), shift: scope.term("shift"),
      epsilon: Transformer.normalizationEpsilon)
  }
}
