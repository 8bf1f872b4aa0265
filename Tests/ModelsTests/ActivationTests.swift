import CPUEngine
import ComputeGraph
import Episodes
import Models
import RandomKeys
import Tensors
import Testing

/// What models show of themselves, against a forward pass in double precision.
@Suite("Activations")
struct ActivationTests {
  struct Variant: Sendable, CustomTestStringConvertible {
    let format: PromptFormat
    let target: TargetKind
    var positions = TransformerConfiguration.Positions.none
    var sharesLayers = false

    var testDescription: String { "\(format), \(target), \(positions)" }

    var transformer: Transformer {
      let shape = EpisodeShape(
        exampleCount: 6, inputDimension: target.isSequence ? 1 : 3, target: target)
      return Transformer(
        TransformerConfiguration(
          width: 12, layers: 3, heads: 3, expansion: 2, activation: .relu, positions: positions,
          sharesLayers: sharesLayers),
        layout: format.layout(for: shape))
    }

    /// Larger than first ones, so that attention is far from even.
    var parameters: [Tensor] {
      transformer.initialParameters(RandomKey(seed: 2)).enumerated().map { index, parameter in
        var tensor = parameter.tensor
        guard tensor.shape.rank == 2 else { return tensor }
        tensor.elements = RandomKey(seed: 3).folded(with: index)
          .normals(tensor.shape.count, standardDeviation: 0.5)
        return tensor
      }
    }

    func episodes(_ count: Int) -> [Episode] {
      let source = RandomSource(layout: transformer.layout, key: RandomKey(seed: 4))
      return (0..<count).map { source.episode(step: 0, $0) }
    }
  }

  static let variants = [
    Variant(format: .interleaved, target: .real), Variant(format: .paired, target: .classes(3)),
    Variant(format: .query, target: .real), Variant(format: .shifted, target: .real),
    Variant(format: .tokens, target: .tokens(4)),
    Variant(format: .interleaved, target: .real, positions: .relative),
    Variant(format: .tokens, target: .tokens(4), positions: .relative, sharesLayers: true),
  ]

  @Test("Streams, weights, heads and branches are those of the formula", arguments: variants)
  func formula(_ variant: Variant) throws {
    let model = variant.transformer
    let activations = try model.activations()
    // The stream before each layer and behind the last, and three in each layer.
    #expect(activations.count == 4 + 3 * 3)
    let episodes = variant.episodes(3)
    let session = try CPUEngine(workers: 1).compile(
      model.activationProgram(of: activations.map(\.place)), parameters: variant.parameters)
    let found = try session.run([model.layout.tokens(of: episodes)])
    #expect(found.map(\.count) == activations.map { 3 * $0.shape.count })
    for (index, episode) in episodes.enumerated() {
      let reference = ReferenceTransformer(
        model, parameters: variant.parameters,
        tokens: model.layout.tokens(of: [episode]).map(Double.init))
      for (place, (activation, shape)) in activations.enumerated() {
        let own = found[place][index * shape.count..<(index + 1) * shape.count]
        let expected = Self.expected(activation, reference, model.layout, model.configuration)
        try #require(own.count == expected.count)
        // Single precision in sums of some ten numbers of size ten, three layers deep.
        let distance = zip(own, expected).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
        #expect(distance < 1e-4, "\(activation)")
        #expect(expected.contains { abs($0) > 0.1 })
      }
    }
  }

  /// What the engine should give, of the tokens that it computes.
  private static func expected(
    _ place: ActivationPlace, _ reference: ReferenceTransformer, _ layout: PromptLayout,
    _ configuration: TransformerConfiguration
  ) -> [Double] {
    func tokens(of layer: Int) -> [Int] {
      layer == configuration.layers - 1
        ? layout.predictionTokens : Array(0..<layout.tokenCount)
    }
    switch place {
    case .stream(let layers):
      return tokens(of: layers - 1).flatMap { reference.streams[layers][$0] }
    case .heads(let layer): return tokens(of: layer).flatMap { reference.layers[layer].heads[$0] }
    case .feedForward(let layer):
      return tokens(of: layer).flatMap { reference.layers[layer].feedForward[$0] }
    case .attentionWeights(let layer):
      return (0..<configuration.heads).flatMap { head in
        tokens(of: layer).flatMap {
          reference.layers[layer].weights[$0][head].prefix(layout.keyCount)
        }
      }
    }
  }

  @Test("Scales of one and offsets of zero leave every bit of the predictions", arguments: variants)
  func identity(_ variant: Variant) throws {
    let (model, engine) = (variant.transformer, try CPUEngine(workers: 2))
    let tokens = model.layout.tokens(of: variant.episodes(5))
    let places = try model.activations().filter {
      switch $0.place {
      case .stream, .heads, .feedForward: true
      case .attentionWeights: false
      }
    }
    let neutral = places.flatMap { _, shape in
      [
        Tensor(shape: shape, elements: [Float](repeating: 1, count: shape.count)),
        Tensor(zeros: shape),
      ]
    }
    let plain = try engine.compile(model.inferenceProgram, parameters: variant.parameters)
    let changed = try engine.compile(
      model.interventionProgram(at: places.map(\.place)),
      parameters: variant.parameters + neutral)
    let expected = try plain.run(tokens: tokens)
    #expect(try changed.run(tokens: tokens) == expected)
    // An offset on what the first layer reads is felt.
    var moved = neutral
    moved[1].elements[0] = 1
    try changed.load(variant.parameters + moved)
    #expect(try changed.run(tokens: tokens) != expected)
  }

  @Test("Influences are derivatives", arguments: variants)
  func influence(_ variant: Variant) throws {
    let (model, engine) = (variant.transformer, try CPUEngine(workers: 1))
    let place = ActivationPlace.stream(afterLayers: 1)
    let shape = try #require(try model.activations().first { $0.place == place }?.shape)
    let tokens = model.layout.tokens(of: variant.episodes(1))
    let directions = RandomKey(seed: 5).normals(shape.count)
    let program = try engine.compile(
      model.influenceProgram(on: place), parameters: variant.parameters)
    let gradient = try program.run([tokens, directions])[0]
    #expect(gradient.count == tokens.count)
    func sum(_ tokens: [Double]) -> Double {
      let reference = ReferenceTransformer(
        model, parameters: variant.parameters, tokens: tokens)
      let stream = Self.expected(place, reference, model.layout, model.configuration)
      return zip(stream, directions).reduce(0) { $0 + $1.0 * Double($1.1) }
    }
    let step = 1e-6
    for element in tokens.indices {
      let slope = [step, -step].reduce(0) { slope, step in
        var moved = tokens.map(Double.init)
        moved[element] += step
        return slope + sum(moved) / (2 * step)
      }
      // Single precision, in sums of some ten numbers through two normalisations.
      #expect(abs(slope - Double(gradient[element])) < 1e-3 * (1 + abs(slope)))
    }
  }
}
