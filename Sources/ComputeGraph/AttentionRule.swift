/// How queries attend to keys.
package struct AttentionRule: Hashable, Sendable {
  /// What becomes of the scores `scale · q · k` of the visible keys.
  package enum Scoring: String, Hashable, Sendable, Codable, CaseIterable {
    /// They are exponentiated and divided by their sum; a query that sees no key receives zeros.
    case softmax
    /// They are the weights themselves (von Oswald et al. 2022, section 2,
    /// <https://arxiv.org/abs/2212.07677>).
    case linear
  }

  package let heads: Int
  package let scoring: Scoring
  package let scale: Float
  package let visibility: Visibility
  /// Of the products of queries and keys, of weights and values, and of their gradients.
  package let precision: Precision

  package init(
    heads: Int, scoring: Scoring, scale: Float, visibility: Visibility,
    precision: Precision = .float32
  ) {
    self.heads = heads
    self.scoring = scoring
    self.scale = scale
    self.visibility = visibility
    self.precision = precision
  }
}

/// Which keys each query sees: a prefix of the keys.
///
/// Causal attention, full attention and the two token groups of prior-fitted networks are all of
/// this form.
package struct Visibility: Hashable, Sendable {
  package let keyCount: Int
  /// For each query the number of leading keys that it sees.
  package let prefixes: [Int]

  package init(keyCount: Int, prefixes: [Int]) {
    precondition(
      prefixes.allSatisfy { (0...keyCount).contains($0) }, "A query sees a prefix of the keys.")
    self.keyCount = keyCount
    self.prefixes = prefixes
  }

  package var queryCount: Int { prefixes.count }

  /// Every token sees itself and its predecessors.
  package static func causal(_ tokenCount: Int) -> Visibility {
    Visibility(keyCount: tokenCount, prefixes: Array(1..<tokenCount + 1))
  }

  /// Every token sees every token.
  package static func full(_ tokenCount: Int) -> Visibility {
    Visibility(
      keyCount: tokenCount, prefixes: [Int](repeating: tokenCount, count: tokenCount))
  }

  /// The same keys, for the queries at `tokens` only.
  package func selecting(_ tokens: [Int]) -> Visibility {
    Visibility(keyCount: keyCount, prefixes: tokens.map { prefixes[$0] })
  }

  /// `[queries, keys]`: 1 where a query sees a key, else 0.
  package var mask: [Float] {
    prefixes.flatMap { prefix in (0..<keyCount).map { $0 < prefix ? 1 : 0 } }
  }
}
