// Dimension key
//   B  episodes      T  tokens of an episode      d  width of the residual stream
//   H  heads         Q  queries of a layer: every token, or behind the last layer those that predict

/// Something that a model computes on the way from its tokens to its predictions.
package enum ActivationPlace: Hashable, Sendable {
  /// The residual stream behind so many layers, `[B, T, d]`: zero is what the first layer reads.
  /// Behind the last layer `[B, Q, d]`.
  case stream(afterLayers: Int)
  /// The weights of attention in a layer, from zero, `[B, H, Q, T]`, where `T` are the tokens to
  /// which any attends.
  case attentionWeights(layer: Int)
  /// What the heads of a layer gather, side by side and before it is added to the stream,
  /// `[B, Q, H·K]`.
  case heads(layer: Int)
  /// What the feed-forward branch of a layer adds to the stream, `[B, Q, d]`.
  case feedForward(layer: Int)
}
