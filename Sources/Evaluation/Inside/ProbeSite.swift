package import Episodes

/// A place in a prompt where probes read.
package struct ProbeSite: Codable, Hashable, Sendable {
  /// What the token at the place is there for.
  package enum Role: String, Codable, CaseIterable, Sendable {
    /// It predicts, from all examples before it.
    case query
    /// It holds the target of the last example that it sees.
    case example
  }

  package let role: Role
  /// How many examples with targets, or symbols of a sequence, the token has seen.
  package let contextLength: Int
  /// Its number in the prompt, from zero.
  package let token: Int

  /// At most so many context lengths are looked at.
  private static let lengthCount = 6

  /// The places of a layout where probes read, spread over its context lengths.
  package static func sites(of layout: PromptLayout) -> [ProbeSite] {
    let known = layout.shape.target.isSequence ? 1 : 0
    let queries = zip(layout.predictedExamples, layout.predictionTokens).map { example, token in
      ProbeSite(role: .query, contextLength: example + known, token: token)
    }.filter { $0.contextLength > 0 }
    let count = min(lengthCount, queries.count)
    let chosen = (0..<count).map { queries[queries.count * ($0 + 1) / count - 1] }
    guard !layout.shape.target.isSequence else { return chosen }
    let tokens = layout.tokens
    let examples = chosen.compactMap { site in
      tokens.firstIndex { $0.target == site.contextLength - 1 }.map {
        ProbeSite(role: .example, contextLength: site.contextLength, token: $0)
      }
    }
    // A token may be both.
    return chosen + examples.filter { site in !chosen.contains { $0.token == site.token } }
  }
}
