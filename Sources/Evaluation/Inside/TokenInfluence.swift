// Dimension key
//   Q  rows: tokens behind the first layer      T  columns: tokens of the prompt

/// How much each token behind the first layer depends on each token of the prompt.
package struct TokenInfluence: Sendable {
  /// How many were averaged.
  package let episodes: Int
  /// The tokens of the rows, `[Q]`.
  package let rows: [Int]
  /// The root of the mean square over episodes of the Frobenius norm of `∂ token / ∂ token`,
  /// `[Q, T]`.
  package let norms: [Double]
  /// The same, averaged over the pairs of tokens in a relation: itself, the one before, one of the same
  /// example.
  package let related: [TokenRelation: Estimate]
  /// The same, averaged over all other pairs; nil if there are none.
  package let others: Estimate?
}
