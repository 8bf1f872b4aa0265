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

  package init(heads: Int, scoring: Scoring, scale: Float, visibility: Visibility) {
    self.heads = heads
    self.scoring = scoring
    self.scale = scale
    self.visibility = visibility
  }
}

/// Which keys each query sees: a prefix of the keys, and perhaps one key beyond it.
///
/// Causal attention, full attention and the two token groups of prior-fitted networks are all of
/// this form.
package struct Visibility: Hashable, Sendable {
  package struct Row: Hashable, Sendable {
    /// The query sees keys `0 ..< prefix`.
    package let prefix: Int
    /// One more key that it sees, at or beyond `prefix`; usually its own.
    package let extra: Int?

    package init(prefix: Int, extra: Int? = nil) {
      self.prefix = prefix
      self.extra = extra
    }
  }

  package let keyCount: Int
  /// One row for each query.
  package let rows: [Row]

  package init(keyCount: Int, rows: [Row]) {
    precondition(
      rows.allSatisfy { row in
        (0...keyCount).contains(row.prefix)
          && row.extra.map { (row.prefix..<keyCount).contains($0) } ?? true
      }, "A query sees a prefix of the keys and at most one key beyond it.")
    self.keyCount = keyCount
    self.rows = rows
  }

  /// Every token sees itself and its predecessors.
  package static func causal(_ tokenCount: Int) -> Visibility {
    Visibility(keyCount: tokenCount, rows: (0..<tokenCount).map { Row(prefix: $0 + 1) })
  }

  /// Every token sees every token.
  package static func full(_ tokenCount: Int) -> Visibility {
    Visibility(
      keyCount: tokenCount, rows: [Row](repeating: Row(prefix: tokenCount), count: tokenCount))
  }

  /// The same keys, for the queries at `tokens` only.
  package func selecting(_ tokens: [Int]) -> Visibility {
    Visibility(keyCount: keyCount, rows: tokens.map { rows[$0] })
  }

  /// `[queries, keys]`: 1 where a query sees a key, else 0.
  package var mask: [Float] {
    rows.flatMap { row in
      (0..<keyCount).map { $0 < row.prefix || $0 == row.extra ? 1 : 0 }
    }
  }
}
