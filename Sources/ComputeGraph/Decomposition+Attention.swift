import Tensors

// Dimension key
//   B  episodes      Q  queries      T  keys      H  heads      K  dimension of one head

extension GraphBuilder {
  func attentionMeaning(
    _ query: Term, _ key: Term, _ value: Term, _ rule: AttentionRule
  ) throws(ShapeError) -> [Term] {
    let (q, k, v) = (
      try split(query, rule.heads), try split(key, rule.heads), try split(value, rule.heads)
    )
    let scores =
      try rule.scale
      * q.matmul(k, transposeRight: true, precision: rule.precision)
    let weights = try attentionWeights(scores, rule)
    return [try join(weights.matmul(v, precision: rule.precision)), weights]
  }

  func attentionGradientMeaning(
    _ g: Term, _ query: Term, _ key: Term, _ value: Term, _ weights: Term, _ rule: AttentionRule
  ) throws(ShapeError) -> [Term] {
    let (q, k, v) = (
      try split(query, rule.heads), try split(key, rule.heads), try split(value, rule.heads)
    )
    let cotangent = try split(g, rule.heads)
    let forWeights = try cotangent.matmul(
      v, transposeRight: true, precision: rule.precision)
    let shape = weights.shape
    let forScores: Term =
      switch rule.scoring {
      case .linear: try forWeights * mask(rule).broadcast(to: shape, axes: [2, 3])
      case .softmax:
        try weights
          * (forWeights
            - (weights * forWeights).sum(axes: [3]).broadcast(to: shape, axes: [0, 1, 2]))
      }
    let scaled = try rule.scale * forScores
    return [
      try join(scaled.matmul(k, precision: rule.precision)),
      try join(scaled.matmul(q, transposeLeft: true, precision: rule.precision)),
      try join(weights.matmul(cotangent, transposeLeft: true, precision: rule.precision)),
    ]
  }

  /// `[B, H, Q, T]` scores to weights.
  private func attentionWeights(_ scores: Term, _ rule: AttentionRule) throws(ShapeError) -> Term {
    let shape = scores.shape
    let visible = try mask(rule).broadcast(to: shape, axes: [2, 3])
    guard rule.scoring == .softmax else { return try scores * visible }
    // Hidden scores fall to −1e30, whose exponential is zero; a query without keys divides by one.
    let hidden = try 1e30 * (visible + -1)
    let kept = try scores * visible + hidden
    let largest = try kept.maximum(axis: 3).broadcast(to: shape, axes: [0, 1, 2])
    let exponentials = try (kept - largest).exponential() * visible
    let empty = rule.visibility.prefixes.map { $0 == 0 ? Float(1) : 0 }
    let total = try exponentials.sum(axes: [3])
    let divisor =
      try total
      + constant(empty, [empty.count]).broadcast(to: total.shape, axes: [2])
    return try exponentials / divisor.broadcast(to: shape, axes: [0, 1, 2])
  }

  private func mask(_ rule: AttentionRule) throws(ShapeError) -> Term {
    try constant(
      rule.visibility.mask, [rule.visibility.queryCount, rule.visibility.keyCount])
  }

  /// `[B, T, H·K]` to `[B, H, T, K]`.
  private func split(_ x: Term, _ heads: Int) throws(ShapeError) -> Term {
    try x.reshaped(to: [x.shape[0], x.shape[1], heads, x.shape[2] / heads])
      .transposed([0, 2, 1, 3])
  }

  /// `[B, H, T, K]` to `[B, T, H·K]`.
  private func join(_ x: Term) throws(ShapeError) -> Term {
    try x.transposed([0, 2, 1, 3])
      .reshaped(to: [x.shape[0], x.shape[2], x.shape[1] * x.shape[3]])
  }
}
