import ComputeGraph
import Tensors

// Dimension key
//   B  episodes      T  tokens of an episode      H  heads      K  dimension of one head

extension Transformer {
  /// Causal attention in which query `i` meets, beside key `j`, the vector of the distance `i − j`.
  ///
  /// The scores are `q_i · (k_j + r_{i−j}) / √K`. They are products of longer vectors,
  /// `(q_i, q_i · r_i, q_i · r_{i−1}, …)` with `(k_j, one at place j)`, so attention itself is the
  /// same. Row `c` of the parameter belongs to distance `T − 1 − c`: shifting each row of
  /// `q_i · r_c` to the left by `T − 1 − i` places then puts the products of distances where their
  /// keys are.
  ///
  /// - Parameter x: `[B, T, H·K]`
  /// - Returns: `[B, T, H·K]`, or `[B, N, H·K]` behind the last layer, and the weights of attention.
  func relativelyAttended(
    _ x: Term, _ scope: ParameterScope, isLast: Bool
  ) throws(ShapeError) -> (mixed: Term, weights: Term) {
    let (episodes, tokens, width) = (x.shape[0], x.shape[1], x.shape[2])
    let heads = configuration.heads
    let size = width / heads
    let split: Shape = [episodes, tokens, heads, size]
    let query = try x.linear(scope.appending("query"), precision).reshaped(to: split)
    let key = try x.linear(scope.appending("key"), precision).reshaped(to: split)
    let value = try x.linear(scope.appending("value"), precision).reshaped(to: split)
    let distances = try scope.appending("distances").term("weight")
      .reshaped(to: [tokens, heads, size]).transposed([1, 0, 2])
      .broadcast(to: [episodes, heads, tokens, size], axes: [1, 2, 3])
    // [B, H, T, T]; a column of zeros in front makes rows that are one longer, and read as rows of
    // T each begins one place later than the one before.
    let products = try query.transposed([0, 2, 1, 3]).matmul(distances, transposeRight: true)
      .placed(axis: 3, start: 1, extent: tokens + 1)
      .reshaped(to: [episodes, heads, tokens + 1, tokens])
      .slice(axis: 2, start: 1, count: tokens).transposed([0, 2, 1, 3])
    let places = try x.builder.constant(Self.identity(tokens), [tokens, tokens])
      .broadcast(to: [episodes, tokens, heads, tokens], axes: [1, 3])
    let long = size + tokens
    let longQuery = try query.joined(products)
    let (mixed, weights) = try (isLast ? select(longQuery) : longQuery).joinedHeads
      .attentionWithWeights(
        key: key.joined(places).joinedHeads,
        value: value.placed(axis: 3, start: 0, extent: long).joinedHeads,
        rule: rule(isLast: isLast))
    let rows = mixed.shape[1]
    let values = try mixed.reshaped(to: [episodes, rows, heads, long])
      .slice(axis: 3, start: 0, count: size).reshaped(to: [episodes, rows, width])
    return (values, weights)
  }

  private static func identity(_ extent: Int) -> [Float] {
    (0..<extent * extent).map { $0 / extent == $0 % extent ? 1 : 0 }
  }
}

extension Term {
  /// This array and another behind it along the innermost of four axes.
  fileprivate func joined(_ other: Term) throws(ShapeError) -> Term {
    let extent = shape[3] + other.shape[3]
    return try placed(axis: 3, start: 0, extent: extent)
      + other.placed(axis: 3, start: shape[3], extent: extent)
  }

  /// `[B, T, H, K]` as `[B, T, H·K]`.
  fileprivate var joinedHeads: Term {
    get throws(ShapeError) { try reshaped(to: [shape[0], shape[1], shape[2] * shape[3]]) }
  }
}
