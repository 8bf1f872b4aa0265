import ComputeGraph
import TestSupport
import Tensors
import Testing

/// Decompositions of fused primitives, against numbers worked out by hand.
struct FusedMeaningTests {
  private let builder = GraphBuilder()

  @Test("A dense layer multiplies and adds its bias")
  func linear() throws {
    let x = try builder.constant([1, 2], [1, 2])
    let weight = try builder.constant([1, 2, 3, 4], [2, 2])
    let bias = try builder.constant([10, 20], [2])
    #expect(try run(x.linear(weight: weight, bias: bias)) == [17, 30])
  }

  @Test("Normalised features have mean 0 and variance 1 before scale and shift")
  func layerNorm() throws {
    let x = try builder.constant([1, 3, 10, 14], [2, 2])
    let scale = try builder.constant([2, 2], [2])
    let shift = try builder.constant([1, 0], [2])
    try expect(x.layerNorm(scale: scale, shift: shift, epsilon: 0), [-1, 2, -1, 2])
  }

  @Test("Softmax weighs visible keys, and a query without keys receives zeros")
  func softmaxAttention() throws {
    let query = try builder.constant([1, 1, 1], [1, 3, 1])
    // Scores are ln 1 and ln 3 for every query.
    let key = try builder.constant([0, 1.0986123], [1, 2, 1])
    let value = try builder.constant([4, 8], [1, 2, 1])
    let visibility = Visibility(keyCount: 2, prefixes: [2, 0, 1])
    let rule = AttentionRule(heads: 1, scoring: .softmax, scale: 1, visibility: visibility)
    try expect(query.attention(key: key, value: value, rule: rule), [7, 0, 4])
  }

  @Test("Linear attention uses the visible scores themselves")
  func linearAttention() throws {
    let query = try builder.constant([1, 2], [1, 2, 1])
    let key = try builder.constant([3, 5], [1, 2, 1])
    let value = try builder.constant([1, 10], [1, 2, 1])
    let rule = AttentionRule(heads: 1, scoring: .linear, scale: 0.5, visibility: .causal(2))
    try expect(query.attention(key: key, value: value, rule: rule), [1.5, 53])
  }

  @Test("Heads are contiguous groups of features")
  func heads() throws {
    let query = try builder.constant([1, 0], [1, 1, 2])
    let key = try builder.constant([1, 1, 1, 1], [1, 2, 2])
    let value = try builder.constant([1, 2, 4, 8], [1, 2, 2])
    let rule = AttentionRule(
      heads: 2, scoring: .linear, scale: 1, visibility: Visibility.full(2).selecting([0]))
    try expect(query.attention(key: key, value: value, rule: rule), [5, 0])
  }

  @Test("Nonlinearities have their known values")
  func activations() throws {
    let x = try builder.constant([-1, 0, 2], [3])
    #expect(try run(x.activation(.relu)) == [0, 0, 2])
    // Of GELU's approximation by tanh.
    try expect(x.activation(.gelu), [-0.1588080, 0, 1.9545977])
  }

  @Test("Losses are sums with a scale")
  func losses() throws {
    let prediction = try builder.constant([1, 2], [1, 2])
    let target = try builder.constant([0, 4], [1, 2])
    try expect(prediction.squaredError(target: target, scale: 0.5), [2.5])
    // Logits 0 and ln 3: probabilities 1/4 and 3/4.
    let logits = try builder.constant([0, 1.0986123], [1, 2])
    let certain = try builder.constant([1, 0], [1, 2])
    try expect(logits.crossEntropy(target: certain, scale: 2), [2 * 1.3862944])
  }

  @Test("Clipping scales a vector down to the limit, never up")
  func clipping() throws {
    let gradient = try builder.constant([3, 4], [2])
    let clipped = try builder.append(.clipByNorm(maximumNorm: 1), [gradient])
    try expect(clipped[0], [0.6, 0.8])
    try expect(clipped[1], [5])
    try expect(builder.append(.clipByNorm(maximumNorm: 10), [gradient])[0], [3, 4])
    try expect(builder.append(.clipByNorm(maximumNorm: nil), [gradient])[0], [3, 4])
  }

  @Test("AdamW's first step moves each parameter by the learning rate, and decays it")
  func adamW() throws {
    let rule = AdamWRule(firstDecay: 0.75, secondDecay: 0.5, epsilon: 0, weightDecay: 0.5)
    let zeros = try builder.fill(0, [2])
    let results = try builder.append(
      .adamW(rule),
      [
        builder.constant([1, -2], [2]), builder.constant([4, -8], [2]), zeros, zeros,
        builder.constant([0.25, 4, 2], [3]),
      ])
    try expect(results[0], [1 - 0.25 * (1 + 0.5), -2 - 0.25 * (-1 - 1)])
    try expect(results[1], [1, -2])
    try expect(results[2], [8, 32])
  }

  private func run(_ term: Term) throws -> [Double] {
    try ReferenceInterpreter(arrays: [:]).evaluate(builder.graph, outputs: [term.value])[0]
      .elements
  }

  /// Expects elements to six digits, which is how exactly constants such as `ln 3` are written in
  /// single precision.
  private func expect(
    _ term: Term, _ elements: [Double], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let found = try run(term)
    try #require(found.count == elements.count, sourceLocation: sourceLocation)
    for (a, b) in zip(found, elements) {
      #expect(abs(a - b) <= 2e-6 * max(1, abs(b)), sourceLocation: sourceLocation)
    }
  }
}
