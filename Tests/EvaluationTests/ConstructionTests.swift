import Baselines
import CPUEngine
import ComputeGraph
import Episodes
import Evaluation
import Models
import RandomKeys
import TaskFamilies
import Tensors
import Testing

/// Weights of linear self-attention that are known algorithms, run by the engine.
@Suite("Constructions")
struct ConstructionTests {
  /// Predictions are of size 1; single precision adds some ten rounding errors of 6e-8 a layer.
  private static let tolerance = 1e-5
  /// Descent converges with it from contexts of every length; inputs have a squared length of 0.8.
  private static let learningRate = 1.5

  private static let family = LinearRegression {
    $0.dimension = 10; $0.exampleCount = 11; $0.inputs = .uniform; $0.inputScale = 0.5
  }
  private static let episodes = family.episodes(64, key: RandomKey(seed: 3))

  /// The predictions of a model with these weights, `[E, N]`.
  private static func predictions(_ weights: LinearAttentionWeights) throws -> [Float] {
    let settings = LinearSelfAttentionSettings.structured(.full, layers: weights.layers.count)
    return try predictions(settings, weights.parameters)
  }

  private static func predictions(
    _ settings: LinearSelfAttentionSettings, _ parameters: [Tensor]
  ) throws -> [Float] {
    let learner = ModelLearner(
      .linearSelfAttention(settings),
      trainedOn: PromptFormat.query.layout(for: family.episodeShape),
      precision: .float32, parameters: parameters, engine: try CPUEngine(workers: 2))
    return try learner.predictions(for: episodes)
  }

  private static func distance(_ found: [Float], _ expected: [Float]) -> Double {
    zip(found, expected).reduce(0) { max($0, abs(Double($1.0) - Double($1.1))) }
  }

  @Test("K layers are K steps of gradient descent, at every context length", arguments: [1, 2, 5])
  func gradientDescent(steps: Int) throws {
    let weights = LinearAttentionWeights.gradientDescent(
      inputDimension: 10, learningRates: [Double](repeating: Self.learningRate, count: steps))
    let found = try Self.predictions(weights)
    let expected = try GradientDescent(stepCount: steps, learningRate: Self.learningRate)
      .predictions(for: Self.episodes)
    #expect(Self.distance(found, expected) < Self.tolerance)
    let fewer = try GradientDescent(stepCount: steps - 1, learningRate: Self.learningRate)
      .predictions(for: Self.episodes)
    #expect(Self.distance(found, fewer) > 0.02)
  }

  @Test("Layers that also transform the inputs are GD++", arguments: [2, 4])
  func gradientDescentPlusPlus(steps: Int) throws {
    let (learningRate, gamma) = (13.0, 0.175)
    let weights = LinearAttentionWeights.gradientDescentPlusPlus(
      inputDimension: 10,
      steps: [(Double, Double)](repeating: (learningRate, gamma), count: steps), contextCount: 10)
    let found = try Self.predictions(weights)
    let expected = try GradientDescentPlusPlus(
      stepCount: steps, learningRate: learningRate, gamma: gamma
    ).predictions(for: Self.episodes)
    // The weights are those for ten examples.
    let last = stride(from: 10, to: found.count, by: 11)
    #expect(Self.distance(last.map { found[$0] }, last.map { expected[$0] }) < Self.tolerance)
  }

  @Test("Parameters of any structure and their products are the same model")
  func products() throws {
    for settings in [
      LinearSelfAttentionSettings.structured(.full, layers: 3),
      .structured(.inputsOnly, layers: 3), .structured(.full, layers: 3, sharesLayers: true),
    ] {
      let layout = PromptFormat.query.layout(for: Self.family.episodeShape)
      let model = LinearSelfAttention(settings, layout: layout)
      let parameters = model.initialParameters(RandomKey(seed: 4)).map(\.tensor)
      let found = try Self.predictions(LinearAttentionWeights(model, parameters: parameters))
      let expected = try Self.predictions(settings, parameters)
      #expect(Self.distance(found, expected) < Self.tolerance)
      #expect(expected.contains { abs($0) > 0.01 })
    }
  }

  @Test("Scaling scores down and updates up changes nothing; half way between equals is the same")
  func interpolation() throws {
    let descent = LinearAttentionWeights.gradientDescent(
      inputDimension: 10, learningRates: [6.06])
    let scaled = LinearAttentionWeights(
      layers: descent.layers.map {
        .init(scores: $0.scores.times(0.25), update: $0.update.times(4))
      })
    let normalized = try #require(scaled.normalized(inputDimension: 10))
    #expect(normalized == descent)
    let between = normalized.interpolated(to: descent, share: 0.5)
    #expect(
      try Self.distance(Self.predictions(between), Self.predictions(descent)) < Self.tolerance)
    let none = LinearAttentionWeights.gradientDescent(inputDimension: 10, learningRates: [0])
    let half = try Self.predictions(descent.interpolated(to: none, share: 0.5))
    let expected = try GradientDescent(stepCount: 1, learningRate: 3.03)
      .predictions(for: Self.episodes)
    #expect(Self.distance(half, expected) < Self.tolerance)
    #expect(none.scaledToNothing.normalized(inputDimension: 10) == nil)
  }

  @Test("A step that is rolled out and damped is that many shorter steps")
  func rollOut() throws {
    let step = LinearAttentionWeights.gradientDescent(
      inputDimension: 10, learningRates: [2 * Self.learningRate / 3])
    let found = try Self.predictions(step.rolledOut(count: 50, damping: 0.75))
    let expected = try GradientDescent(stepCount: 50, learningRate: Self.learningRate / 2)
      .predictions(for: Self.episodes)
    // Fifty layers in single precision.
    #expect(Self.distance(found, expected) < 5 * Self.tolerance)
  }
}

extension LinearAttentionWeights {
  /// The same without any scores.
  fileprivate var scaledToNothing: LinearAttentionWeights {
    LinearAttentionWeights(
      layers: layers.map { .init(scores: $0.scores.times(0), update: $0.update) })
  }
}

extension LinearSelfAttentionSettings {
  fileprivate static func structured(
    _ structure: Structure, layers: Int, sharesLayers: Bool = false
  ) -> LinearSelfAttentionSettings {
    var settings = LinearSelfAttentionSettings()
    settings.structure = structure
    settings.layers = layers
    settings.sharesLayers = sharesLayers
    settings.initialDeviation = 0.2
    return settings
  }
}
