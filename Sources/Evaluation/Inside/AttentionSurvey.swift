// Dimension key
//   E  episodes      H  heads      Q  rows: tokens from which attention comes
//   T  columns: tokens to which it goes

/// Where the heads of a model attend to.
package struct AttentionSurvey: Sendable {
  /// How many were averaged.
  package let episodes: Int
  /// Those that any pair of tokens stands in.
  package let relations: [TokenRelation]
  package let layers: [AttentionLayer]
}

/// Where the heads of one layer attend to.
package struct AttentionLayer: Sendable {
  /// The tokens of the rows, `[Q]`.
  package let queries: [Int]
  /// `T`
  package let keyCount: Int
  /// The weights, averaged over the episodes, `[H, Q, T]`.
  package let mean: [Double]
  /// The weights in the first episode, `[H, Q, T]`.
  package let example: [Double]
  /// The numbers of attention that is the same for all tokens that are seen.
  package let even: AttentionNumbers
  /// `[H]`
  package let heads: [AttentionNumbers]
}

/// What there is to say about the attention of one head.
package struct AttentionNumbers: Codable, Equatable, Sendable {
  /// How much of its attention goes to tokens that stand in a relation to the one that it comes from,
  /// averaged over those tokens that see any such.
  package let shares: [TokenRelation: Estimate]
  /// In nats, averaged over the tokens that see any.
  package let entropy: Estimate
}
