internal import ComputeGraph
internal import Tensors

// Dimension key
//   B  episodes      Q  queries      T  keys      H  heads      K  dimension of one head

extension OperationRecord {
  static let attention: [OperationRecord] =
    AttentionRule.Scoring.allCases.flatMap { scoring in
      [
        attend("causal", scoring, 2, 7, 2, 3, .causal(7)),
        attend("causal over odd extents", scoring, 1, 33, 3, 5, .causal(33)),
        attend("causal over one token", scoring, 3, 1, 2, 4, .causal(1)),
        attend("full", scoring, 2, 5, 1, 7, .full(5)),
        attend("of one episode, head and feature", scoring, 1, 13, 1, 1, .full(13)),
        attend("paired", scoring, 2, 5, 2, 4, paired(5)),
        attend("paired over 34 tokens", scoring, 1, 17, 2, 4, paired(17)),
        attend("paired queries alone", scoring, 2, 5, 2, 4, paired(5).selecting([5, 6, 7, 8, 9])),
        attend(
          "of every other query", scoring, 2, 10, 2, 4,
          Visibility.causal(10).selecting([0, 2, 4, 6, 8])),
        attend("of one query", scoring, 2, 6, 2, 4, Visibility.causal(6).selecting([3])),
        attend(
          "with a query that sees nothing", scoring, 2, 4, 2, 3,
          Visibility(
            keyCount: 4,
            prefixes: [2, 0, 0, 1])),
        // Heads of sixteen features and more, with eight tokens and more, have a kernel of their
        // own.
        attend("causal over wide heads", scoring, 2, 22, 2, 16, .causal(22)),
        attend("causal over wider heads", scoring, 1, 33, 2, 32, .causal(33)),
        attend("causal over eight tokens", scoring, 1, 8, 1, 16, .causal(8)),
        attend("full over wide heads", scoring, 2, 9, 1, 48, .full(9)),
        attend("paired over wide heads", scoring, 2, 11, 2, 16, paired(11)),
        attend(
          "paired queries over wide heads", scoring, 1, 17, 2, 16,
          paired(17).selecting(Array(17..<34))),
        attend(
          "of every other query over wide heads", scoring, 2, 40, 2, 16,
          Visibility.causal(40).selecting(Array(stride(from: 0, to: 40, by: 2)))),
        attend(
          "over wide heads with queries that see nothing", scoring, 1, 10, 1, 16,
          Visibility(keyCount: 10, prefixes: [0, 10, 0, 3, 0, 0, 0, 0, 0, 1, 2, 0])),
      ]
    } + AttentionRule.Scoring.allCases.map(weightsGiven) + [selfAttention]

  /// As many context tokens as query tokens; a query sees earlier context only, and nobody a query.
  static func paired(_ examples: Int) -> Visibility {
    Visibility(
      keyCount: examples, prefixes: Array(1...examples) + Array(0..<examples))
  }

  private static func rule(
    _ scoring: AttentionRule.Scoring, _ heads: Int, _ width: Int, _ visibility: Visibility
  ) -> AttentionRule {
    AttentionRule(
      heads: heads, scoring: scoring, scale: 1 / Float(width).squareRoot(), visibility: visibility)
  }

  private static func attend(
    _ name: String, _ scoring: AttentionRule.Scoring, _ episodes: Int, _ keys: Int, _ heads: Int,
    _ width: Int, _ visibility: Visibility
  ) -> OperationRecord {
    let features = heads * width
    let rule = rule(scoring, heads, width, visibility)
    return OperationRecord(
      "\(scoring.rawValue) attention \(name)",
      [
        .input("query", [episodes, visibility.queryCount, features]),
        .input("key", [episodes, keys, features]), .parameter("value", [episodes, keys, features]),
      ], primitive: .attention(rule))
  }

  /// The gradient alone, of weights that come from elsewhere.
  private static func weightsGiven(_ scoring: AttentionRule.Scoring) -> OperationRecord {
    let rule = rule(scoring, 2, 3, paired(5))
    return OperationRecord(
      "\(scoring.rawValue) attentionGradient of given weights",
      [
        .input("cotangent", [2, 10, 6]), .input("query", [2, 10, 6]), .input("key", [2, 5, 6]),
        .parameter("value", [2, 5, 6]), .input("weights", [2, 2, 10, 5], .distribution),
      ], isDifferentiable: false
    ) { builder, x in
      // Weights are zero where a query does not see, as attention leaves them.
      let visible = try builder.constant(rule.visibility.mask, [10, 5])
      let weights = try x[4] * visible.broadcast(to: x[4].shape, axes: [2, 3])
      return try builder.append(.attentionGradient(rule), Array(x[0..<4]) + [weights])
    }
  }

  /// One array as query, key and value at once.
  private static var selfAttention: OperationRecord {
    let rule = rule(.softmax, 2, 4, .causal(7))
    return OperationRecord("attention of an array to itself", [.input("x", [2, 7, 8])]) { x in
      try x[0].attention(key: x[0], value: x[0], rule: rule)
    }
  }
}
