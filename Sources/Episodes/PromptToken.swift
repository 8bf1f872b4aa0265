/// What a token of a prompt holds of the examples of its episode.
package struct PromptToken: Hashable, Sendable {
  /// The example whose input the token holds.
  package let input: Int?
  /// The example whose target the token holds.
  package let target: Int?
}

extension PromptLayout {
  /// What each token holds. Of a sequence a token is an input, though it is the target of the one
  /// before it, too.
  package var tokens: [PromptToken] {
    let examples = 0..<shape.exampleCount
    return switch format {
    case .interleaved:
      examples.flatMap {
        [PromptToken(input: $0, target: nil), PromptToken(input: nil, target: $0)]
      }
    case .paired:
      examples.map { PromptToken(input: $0, target: $0) }
        + examples.map { PromptToken(input: $0, target: nil) }
    case .query:
      examples.map { PromptToken(input: $0, target: $0 == examples.upperBound - 1 ? nil : $0) }
    case .shifted:
      examples.map { PromptToken(input: $0, target: $0 == 0 ? nil : $0 - 1) }
    case .tokens: examples.map { PromptToken(input: $0, target: nil) }
    }
  }

  /// What people call each token, counting examples from one: `x3`, `y3`, `x3 y3`, or `x3 ?` where a
  /// query has no target; of a sequence the number of the token alone.
  package var tokenNames: [String] {
    let hidesTargets = format == .paired || format == .query
    return tokens.map { token in
      guard format != .tokens else { return "\((token.input ?? 0) + 1)" }
      let parts = [token.input.map { "x\($0 + 1)" }, token.target.map { "y\($0 + 1)" }]
      let name = parts.compactMap(\.self).joined(separator: " ")
      return hidesTargets && token.target == nil ? name + " ?" : name
    }
  }

  /// Several episodes as the tokens that a model reads, `[B, T, F]`.
  ///
  /// - Parameter episodes: of the layout's shape.
  /// - Complexity: O(B·T·F)
  package func tokens(of episodes: [Episode]) -> [Float] {
    var tokens = [Float](repeating: 0, count: episodes.count * tokenCount * tokenWidth)
    var targets = [Float](repeating: 0, count: episodes.count * predictionCount * targetWidth)
    var tokenSpan = tokens.mutableSpan
    var targetSpan = targets.mutableSpan
    for (index, episode) in episodes.enumerated() {
      write(episode, at: index, tokens: &tokenSpan, targets: &targetSpan)
    }
    return tokens
  }
}
