/// How an episode becomes a sequence of tokens.
package enum PromptFormat: String, Codable, CaseIterable, Sendable {
  /// `x₁, y₁, x₂, y₂, …`, each a token of its own, causal; a prediction is read at its `x`.
  ///
  /// Source: Garg et al. 2022, section 2, <https://arxiv.org/abs/2208.01066>.
  case interleaved

  /// Context tokens `(x, y, 0)` and query tokens `(x, 0, 1)` that attend to earlier context only.
  ///
  /// Every example occurs once as context and once as query, so one sequence teaches every context
  /// length. Sources: von Oswald et al. 2022, section 3, <https://arxiv.org/abs/2212.07677>, for
  /// the tokens; Müller et al. 2021, figure 2, <https://arxiv.org/abs/2112.10510>, for the
  /// attention.
  case paired

  /// Context tokens `(x, y)` that all see one another, and one query token `(x, 0)` that sees them.
  ///
  /// The last example is the query, and the only one that is predicted. Source: von Oswald et al.
  /// 2022, section 3, <https://arxiv.org/abs/2212.07677>.
  case query

  /// Token `j` holds `x_j` and the label before it, causal; a prediction is read at every token.
  ///
  /// Source: Kirsch et al. 2022, section 3, <https://arxiv.org/abs/2212.04458>.
  case shifted

  /// Token `j` is the one-hot vector of token `j` of a sequence, causal; what follows it is
  /// predicted at every token.
  ///
  /// The only format of episodes of tokens, and for nothing else. Source: Xie et al. 2021, section
  /// 2, <https://arxiv.org/abs/2111.02080>.
  case tokens

  /// Whether episodes with targets of this kind can be laid out so.
  package func suits(_ target: TargetKind) -> Bool {
    switch self {
    case .interleaved, .paired, .query, .shifted: !target.isSequence
    case .tokens: target.isSequence
    }
  }

  /// Whether each example of an episode is predicted from those before it, or the last one only.
  package var predictsEveryExample: Bool { self != .query }

  /// The sequence in this format of episodes of `shape`, whose targets it suits.
  package func layout(for shape: EpisodeShape) -> PromptLayout {
    PromptLayout(format: self, shape: shape)
  }
}
