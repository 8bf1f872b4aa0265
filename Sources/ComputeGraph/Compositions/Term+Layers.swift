// Dimension key
//   B  episodes      Q  queries      T  keys      H  heads      D  features, all heads together

extension Term {
  /// Applies a dense layer to the innermost axis: `x · W + b`.
  ///
  /// - Parameters:
  ///   - weight: `[I, O]`
  ///   - bias: `[O]`
  ///   - precision: of the product; the bias is added in single precision.
  /// - Returns: `[..., O]` for an input `[..., I]`
  /// - Throws: ``ShapeError`` if the extents do not fit.
  package func linear(
    weight: Term, bias: Term, precision: Precision = .float32
  ) throws(ShapeError) -> Term {
    try apply(.linear(precision: precision), weight, bias)
  }

  /// Normalises the innermost axis to mean 0 and variance 1, then scales and shifts each feature.
  ///
  /// `(x − mean) / √(variance + epsilon) · scale + shift`, with the biased variance.
  ///
  /// - Parameters:
  ///   - scale: `[D]`
  ///   - shift: `[D]`
  /// - Throws: ``ShapeError`` if the extents do not fit.
  /// - SeeAlso: Ba et al. 2016, equation 4, <https://arxiv.org/abs/1607.06450>.
  package func layerNorm(scale: Term, shift: Term, epsilon: Float) throws(ShapeError) -> Term {
    try apply(.layerNorm(epsilon: epsilon), scale, shift)
  }

  /// Applies a nonlinearity to each element.
  package func activation(_ activation: Activation) throws(ShapeError) -> Term {
    try apply(.activation(activation))
  }

  /// Lets these queries attend to keys: for each head, `weights(scale · q · kᵀ) · v`.
  ///
  /// Heads are contiguous groups of features; `self` is `[B, Q, D]`.
  ///
  /// - Parameters:
  ///   - key: `[B, T, D]`
  ///   - value: `[B, T, D]`
  /// - Returns: `[B, Q, D]`
  /// - Throws: ``ShapeError`` if the extents do not fit each other or the rule.
  /// - Complexity: O(B·Q·T·D)
  /// - SeeAlso: Vaswani et al. 2017, equation 1, <https://arxiv.org/abs/1706.03762>.
  package func attention(
    key: Term, value: Term, rule: AttentionRule
  ) throws(ShapeError) -> Term {
    try attentionWithWeights(key: key, value: value, rule: rule).mixed
  }

  /// Lets these queries attend to keys, and says with which weights.
  ///
  /// - Returns: what ``attention(key:value:rule:)`` gives, `[B, Q, D]`, and the weights,
  ///   `[B, H, Q, T]`, which cost nothing as long as nobody asks for them.
  /// - Throws: ``ShapeError`` if the extents do not fit each other or the rule.
  package func attentionWithWeights(
    key: Term, value: Term, rule: AttentionRule
  ) throws(ShapeError) -> (mixed: Term, weights: Term) {
    let results = try builder.append(.attention(rule), [self, key, value])
    return (results[0], results[1])
  }

  /// `scale · Σ (self − target)²`, a scalar.
  package func squaredError(target: Term, scale: Float) throws(ShapeError) -> Term {
    try apply(.squaredError(scale: scale), target)
  }

  /// `−scale · Σ target · log softmax(self)`, a scalar; the softmax runs over the innermost axis.
  ///
  /// - Parameter target: of the same shape; each row a probability distribution.
  package func crossEntropy(target: Term, scale: Float) throws(ShapeError) -> Term {
    try apply(.crossEntropy(scale: scale), target)
  }
}
