import Episodes
import RandomKeys
import Testing

@Suite("Prompt layouts")
struct PromptLayoutTests {
  /// Three examples in two dimensions, and three tokens.
  static let shapes = [
    EpisodeShape(exampleCount: 3, inputDimension: 2, target: .real),
    EpisodeShape(exampleCount: 3, inputDimension: 2, target: .classes(3)),
    EpisodeShape(exampleCount: 3, inputDimension: 1, target: .tokens(3)),
  ]

  /// Every format with every kind of target that it suits.
  static let layouts = PromptFormat.allCases.flatMap { format in
    shapes.filter { format.suits($0.target) }.map { format.layout(for: $0) }
  }

  /// Inputs 1 … 6; targets 7, 8, 9 or classes 2, 0, 1; or the tokens 1, 2, 0, 1.
  static func episode(_ shape: EpisodeShape) -> Episode {
    var episode = Episode(shape: shape)
    episode.inputs = shape.target.isSequence ? [1, 2, 0] : [1, 2, 3, 4, 5, 6]
    episode.targets = shape.target.isDiscrete ? [2, 0, 1] : [7, 8, 9]
    return episode
  }

  static func written(_ episode: Episode, _ layout: PromptLayout) -> (
    tokens: [Float], targets: [Float]
  ) {
    var tokens = [Float](repeating: .nan, count: layout.tokenCount * layout.tokenWidth)
    var targets = [Float](repeating: .nan, count: layout.predictionCount * layout.targetWidth)
    var tokenSpan = tokens.mutableSpan
    var targetSpan = targets.mutableSpan
    layout.write(episode, tokens: &tokenSpan, targets: &targetSpan)
    return (tokens, targets)
  }

  struct Example: Sendable {
    let format: PromptFormat
    let shape: EpisodeShape
    let tokens: [[Float]]
    let predictionTokens: [Int]
  }

  static let examples = [
    Example(
      format: .interleaved, shape: shapes[0],
      tokens: [[1, 2], [7, 0], [3, 4], [8, 0], [5, 6], [9, 0]], predictionTokens: [0, 2, 4]),
    Example(
      format: .interleaved, shape: shapes[1],
      tokens: [[1, 2, 0], [0, 0, 1], [3, 4, 0], [1, 0, 0], [5, 6, 0], [0, 1, 0]],
      predictionTokens: [0, 2, 4]),
    Example(
      format: .paired, shape: shapes[0],
      tokens: [
        [1, 2, 7, 0], [3, 4, 8, 0], [5, 6, 9, 0], [1, 2, 0, 1], [3, 4, 0, 1], [5, 6, 0, 1],
      ],
      predictionTokens: [3, 4, 5]),
    Example(
      format: .paired, shape: shapes[1],
      tokens: [
        [1, 2, 0, 0, 1, 0], [3, 4, 1, 0, 0, 0], [5, 6, 0, 1, 0, 0],
        [1, 2, 0, 0, 0, 1], [3, 4, 0, 0, 0, 1], [5, 6, 0, 0, 0, 1],
      ], predictionTokens: [3, 4, 5]),
    Example(
      format: .query, shape: shapes[0], tokens: [[1, 2, 7], [3, 4, 8], [5, 6, 0]],
      predictionTokens: [2]),
    Example(
      format: .query, shape: shapes[1],
      tokens: [[1, 2, 0, 0, 1], [3, 4, 1, 0, 0], [5, 6, 0, 0, 0]], predictionTokens: [2]),
    Example(
      format: .shifted, shape: shapes[0], tokens: [[1, 2, 0], [3, 4, 7], [5, 6, 8]],
      predictionTokens: [0, 1, 2]),
    Example(
      format: .shifted, shape: shapes[1],
      tokens: [[1, 2, 0, 0, 0], [3, 4, 0, 0, 1], [5, 6, 1, 0, 0]], predictionTokens: [0, 1, 2]),
    Example(
      format: .tokens, shape: shapes[2], tokens: [[0, 1, 0], [0, 0, 1], [1, 0, 0]],
      predictionTokens: [0, 1, 2]),
  ]

  @Test("Tokens, targets and extents are those of the format", arguments: examples)
  func values(_ example: Example) {
    let layout = example.format.layout(for: example.shape)
    let (tokens, targets) = Self.written(Self.episode(example.shape), layout)
    #expect(tokens == example.tokens.flatMap { $0 })
    let all: [Float] = example.shape.target == .real ? [7, 8, 9] : [0, 0, 1, 1, 0, 0, 0, 1, 0]
    #expect(targets == all.suffix(layout.predictionCount * layout.targetWidth))
    #expect(layout.predictedExamples == 3 - layout.predictionCount..<3)
    #expect(layout.tokenCount == example.tokens.count)
    #expect(layout.tokenWidth == example.tokens[0].count)
    #expect(layout.predictionTokens == example.predictionTokens)
  }

  @Test("Visibility is causal, and that of queries ends before their own example")
  func visibility() {
    let shape = Self.shapes[0]
    #expect(PromptFormat.interleaved.layout(for: shape).visiblePrefixes == [1, 2, 3, 4, 5, 6])
    #expect(PromptFormat.shifted.layout(for: shape).visiblePrefixes == [1, 2, 3])
    #expect(PromptFormat.paired.layout(for: shape).visiblePrefixes == [1, 2, 3, 0, 1, 2])
    #expect(PromptFormat.query.layout(for: shape).visiblePrefixes == [2, 2, 2])
    #expect(PromptFormat.tokens.layout(for: Self.shapes[2]).visiblePrefixes == [1, 2, 3])
  }

  @Test("Sequences of tokens have one format, and it is theirs alone")
  func suitability() {
    let sequences = PromptFormat.allCases.filter { $0.suits(.tokens(3)) }
    #expect(sequences == [.tokens])
    for target in [TargetKind.real, .classes(3)] {
      let formats = PromptFormat.allCases.filter { $0.suits(target) }
      #expect(formats == [.interleaved, .paired, .query, .shifted])
    }
  }

  /// All tokens from which information can reach `token` through any number of layers.
  static func reachable(from token: Int, in layout: PromptLayout) -> Set<Int> {
    var reached: Set<Int> = [token]
    var frontier = [token]
    while let next = frontier.popLast() {
      for other in 0..<layout.visiblePrefixes[next] {
        if reached.insert(other).inserted { frontier.append(other) }
      }
    }
    return reached
  }

  @Test(
    "A prediction depends on its input and earlier examples, on all and nothing else",
    arguments: layouts)
  func causality(_ layout: PromptLayout) {
    let shape = layout.shape
    let original = Self.episode(shape)
    func changes(_ prediction: Int, _ change: (inout Episode) -> Void) -> Bool {
      var changed = original
      change(&changed)
      let before = Self.written(original, layout).tokens
      let after = Self.written(changed, layout).tokens
      return Self.reachable(from: layout.predictionTokens[prediction], in: layout).contains {
        let range = $0 * layout.tokenWidth..<($0 + 1) * layout.tokenWidth
        return before[range] != after[range]
      }
    }
    for (prediction, predicted) in layout.predictedExamples.enumerated() {
      for example in 0..<shape.exampleCount {
        let inputMatters = changes(prediction) {
          let last = (example + 1) * shape.inputDimension - 1
          $0.inputs[last] =
            shape.target.isSequence
            ? ($0.inputs[last] + 1).truncatingRemainder(dividingBy: 3) : $0.inputs[last] + 10
        }
        let targetMatters = changes(prediction) {
          $0.targets[example] = $0.targets[example] == 0 ? 1 : 0
        }
        #expect(inputMatters == (example <= predicted))
        // A sequence shows a target as the input that follows.
        #expect(targetMatters == (!shape.target.isSequence && example < predicted))
      }
    }
  }

  @Test("A batch holds its episodes one after another", arguments: layouts)
  func batches(_ layout: PromptLayout) {
    let shape = layout.shape
    let episodes = (0..<3).map { index in
      var episode = Self.episode(shape)
      let key = RandomKey(seed: 1).folded(with: index)
      episode.inputs =
        shape.target.isSequence
        ? key.integers(3, below: 3).map { Float($0) } : key.normals(6)
      return episode
    }
    var tokens = [Float](repeating: .nan, count: 3 * layout.tokenCount * layout.tokenWidth)
    var targets = [Float](repeating: .nan, count: 3 * layout.predictionCount * layout.targetWidth)
    for index in [2, 0, 1] {
      var tokenSpan = tokens.mutableSpan
      var targetSpan = targets.mutableSpan
      layout.write(episodes[index], at: index, tokens: &tokenSpan, targets: &targetSpan)
    }
    #expect(tokens == episodes.flatMap { Self.written($0, layout).tokens })
    #expect(targets == episodes.flatMap { Self.written($0, layout).targets })
  }
}
