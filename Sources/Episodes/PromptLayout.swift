// Dimension key
//   B  episodes in a batch       N  predictions of an episode
//   T  tokens of an episode      F  width of a token
//   D  dimension of an input     C  width of a target: 1, or the number of classes or tokens

/// The sequence of tokens that a ``PromptFormat`` makes of episodes of one shape.
package struct PromptLayout: Hashable, Sendable {
  package let format: PromptFormat
  package let shape: EpisodeShape
  /// For each prediction, the token at which it is read.
  package let predictionTokens: [Int]
  /// For each token the number of leading tokens that it attends to.
  package let visiblePrefixes: [Int]

  init(format: PromptFormat, shape: EpisodeShape) {
    precondition(format.suits(shape.target), "The \(format) format does not suit these episodes.")
    let count = shape.exampleCount
    self.format = format
    self.shape = shape
    switch format {
    case .interleaved:
      predictionTokens = (0..<count).map { 2 * $0 }
      visiblePrefixes = Array(1...2 * count)
    case .paired:
      predictionTokens = (0..<count).map { count + $0 }
      visiblePrefixes = Array(1...count) + Array(0..<count)
    case .query:
      predictionTokens = [count - 1]
      visiblePrefixes = [Int](repeating: count - 1, count: count)
    case .shifted, .tokens:
      predictionTokens = Array(0..<count)
      visiblePrefixes = Array(1...count)
    }
  }

  /// `T`, the number of tokens of an episode.
  package var tokenCount: Int { visiblePrefixes.count }

  /// How many leading tokens are attended to by any; at least one, which then nobody sees.
  package var keyCount: Int { visiblePrefixes.reduce(1, max) }

  /// `F`, the width of a token.
  package var tokenWidth: Int {
    switch format {
    case .interleaved: max(shape.inputDimension, targetWidth)
    case .paired: shape.inputDimension + targetWidth + 1
    case .query, .shifted: shape.inputDimension + targetWidth
    case .tokens: targetWidth
    }
  }

  /// `N`, the number of predictions of an episode.
  package var predictionCount: Int { predictionTokens.count }

  /// The examples that are predicted: every one, or the last.
  package var predictedExamples: Range<Int> {
    shape.exampleCount - predictionCount..<shape.exampleCount
  }

  /// `C`, the width of a prediction: 1, or the number of classes or tokens.
  package var targetWidth: Int { shape.target.width }
}
