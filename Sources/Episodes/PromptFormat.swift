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

  /// Token `j` holds `x_j` and the label before it, causal; a prediction is read at every token.
  ///
  /// Source: Kirsch et al. 2022, section 3, <https://arxiv.org/abs/2212.04458>.
  case shifted

  /// The sequence in this format of episodes of `shape`.
  package func layout(for shape: EpisodeShape) -> PromptLayout {
    PromptLayout(format: self, shape: shape)
  }
}
