internal import Episodes
internal import Tensors

extension Transformer {
  /// How many numbers of the context the last prediction can read: the keys and values of the tokens
  /// that it sees, `2 · layers · width · tokens`.
  ///
  /// Kirsch et al. 2022 find that this, and not the number of parameters, bounds what a meta-trained
  /// model learns in context, <https://arxiv.org/abs/2212.04458>.
  package var accessibleStateSize: Int {
    let tokens = layout.predictionTokens.last.map { layout.visiblePrefixes[$0] } ?? 0
    return 2 * configuration.layers * configuration.width * tokens
  }

  package var parameterCount: Int { parameters.reduce(0) { $0 + $1.shape.count } }
}
