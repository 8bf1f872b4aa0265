import Episodes

/// How the token that attention comes from is related to the one that it goes to.
package enum TokenRelation: String, Codable, CaseIterable, CodingKeyRepresentable, Sendable {
  /// They are the same.
  case itself
  /// It goes to the token just before.
  case previous
  /// It goes to another token that holds something of the same example.
  case partner
  /// It goes to a target of the class that the example of the first token has; in a sequence, to an
  /// earlier token with the same symbol.
  case sameLabel
  /// In a sequence: it goes to a token behind an earlier one with the same symbol, as induction heads
  /// do (Olsson et al. 2022, "Induction heads",
  /// <https://transformer-circuits.pub/2022/in-context-learning-and-induction-heads/index.html>).
  case afterSameSymbol

  /// What people call it.
  package var words: String {
    switch self {
    case .itself: "itself"
    case .previous: "the one before"
    case .partner: "same example"
    case .sameLabel: "same label"
    case .afterSameSymbol: "induction"
    }
  }
}

/// The tokens that stand in each relation in the prompts of a layout.
struct TokenRelations {
  private let layout: PromptLayout
  private let tokens: [PromptToken]
  /// Of which examples each token holds something.
  private let examples: [Set<Int>]

  init(_ layout: PromptLayout) {
    self.layout = layout
    tokens = layout.tokens
    examples = tokens.map { Set([$0.input, $0.target].compactMap(\.self)) }
  }

  /// The tokens that `query` sees and that stand in a relation to it.
  func keys(_ relation: TokenRelation, of query: Int, in episode: Episode) -> [Int] {
    (0..<layout.visiblePrefixes[query]).filter { holds(relation, query, $0, in: episode) }
  }

  /// The tokens in a relation to `query` that can change it: those that it sees, and itself, as the
  /// residual stream carries it on.
  func influencing(_ relation: TokenRelation, on query: Int, in episode: Episode) -> [Int] {
    relation == .itself ? [query] : keys(relation, of: query, in: episode)
  }

  private func holds(
    _ relation: TokenRelation, _ query: Int, _ key: Int, in episode: Episode
  ) -> Bool {
    let isSequence = layout.shape.target.isSequence
    switch relation {
    case .itself: return key == query
    case .previous: return key == query - 1
    case .partner:
      return key != query && !examples[query].isDisjoint(with: examples[key])
    case .sameLabel where isSequence:
      return key < query && episode.inputs[key] == episode.inputs[query]
    case .sameLabel:
      guard layout.shape.target.isDiscrete, let shown = tokens[key].target,
        let asked = tokens[query].input ?? tokens[query].target
      else { return false }
      return shown != asked && episode.targets[shown] == episode.targets[asked]
    case .afterSameSymbol:
      return isSequence && key > 0 && key - 1 < query
        && episode.inputs[key - 1] == episode.inputs[query]
    }
  }
}
