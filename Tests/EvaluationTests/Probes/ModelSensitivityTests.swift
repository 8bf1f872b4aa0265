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

/// Models on an engine, differentiated by their queries.
@Suite("Sensitivities of models")
struct ModelSensitivityTests {
  private static let family = LinearRegression {
    $0.dimension = 3; $0.exampleCount = 6
  }
  private static let episodes = family.episodes(5, key: RandomKey(seed: 4))

  private static func learner(
    _ configuration: ModelConfiguration, _ format: PromptFormat
  ) throws -> ModelLearner {
    let layout = format.layout(for: family.episodeShape)
    let model = configuration.model(for: layout, precision: .float32)
    return ModelLearner(
      configuration, trainedOn: layout, precision: .float32,
      parameters: model.initialParameters(RandomKey(seed: 9)).map(\.tensor),
      engine: try CPUEngine(workers: 1))
  }

  /// A format, and whether tokens are told where they stand.
  struct Case: Sendable, CustomTestStringConvertible {
    let format: PromptFormat
    let positions: TransformerConfiguration.Positions

    var testDescription: String { "\(format), positions \(positions)" }
  }

  static let cases = [
    Case(format: .paired, positions: .none), Case(format: .interleaved, positions: .none),
    Case(format: .shifted, positions: .none), Case(format: .query, positions: .none),
    Case(format: .paired, positions: .learned), Case(format: .interleaved, positions: .learned),
    Case(format: .shifted, positions: .learned),
  ]

  @Test("The gradient of the graph is that of the predictions", arguments: cases)
  func gradient(_ tested: Case) throws {
    let configuration = TransformerConfiguration(
      width: 16, layers: 2, heads: 2, positions: tested.positions)
    let learner = try Self.learner(.transformer(configuration), tested.format)
    for example in [1, 3, 5] {
      let found = try learner.sensitivities(of: example, in: Self.episodes)
      #expect(found.count == 15 && found.contains { abs($0) > 0.01 })
      // In `paired` an example is also a token of the context, which its own prediction does not see.
      let step: Float = 0x1p-6
      for axis in 0..<3 {
        let moved = try [step, -step].map { step in
          try learner.predictions(
            of: example,
            in: Self.episodes.map { episode in
              var query = Array(episode.input(of: example))
              query[axis] += step
              return episode.replacingInput(of: example, by: query)
            })
        }
        for episode in Self.episodes.indices {
          let slope = Double(moved[0][episode] - moved[1][episode]) / Double(2 * step)
          // Predictions of order one in single precision over a step of 2⁻⁵, and a curvature that a
          // step of 2⁻⁶ shows in the fourth digit.
          #expect(abs(slope - found[episode * 3 + axis]) < 2e-3)
        }
      }
    }
  }

  @Test("A prediction asked alone is the one among all", arguments: cases)
  func single(_ tested: Case) throws {
    let configuration = TransformerConfiguration(
      width: 16, layers: 2, heads: 2, positions: tested.positions)
    let learner = try Self.learner(.transformer(configuration), tested.format)
    let all = try learner.predictions(for: Self.episodes)
    for example in 0..<6 {
      let alone = try learner.predictions(of: example, in: Self.episodes)
      for episode in Self.episodes.indices {
        // Products of other shapes add up in another order.
        #expect(abs(alone[episode] - all[episode * 6 + example]) < 1e-5)
      }
    }
  }

  /// Von Oswald's tasks: ten dimensions, ten examples, inputs uniform in -½ ... ½.
  private static let query = FamilyConfiguration(
    LinearRegression {
      $0.dimension = 10; $0.exampleCount = 11; $0.inputs = .uniform; $0.inputScale = 0.5
    })

  private static func constructed(_ weights: LinearAttentionWeights) throws -> ModelLearner {
    var settings = LinearSelfAttentionSettings()
    settings.layers = weights.layers.count
    return ModelLearner(
      .linearSelfAttention(settings),
      trainedOn: PromptFormat.query.layout(for: query.episodeShape), precision: .float32,
      parameters: weights.parameters, engine: try CPUEngine(workers: 2))
  }

  private static let identification = Result {
    try AlgorithmIdentification(
      tasks: IdentificationTasks(name: "tasks", drawn: query, trained: query), episodeCount: 200,
      contextLengths: [10], searchContextCount: 1500, bootstrap: Bootstrap(resamples: 100),
      key: RandomKey(seed: 8))
  }

  @Test("Linear attention with the weights of one step of gradient descent is told to be that")
  func oneStep() throws {
    let weights = LinearAttentionWeights.gradientDescent(
      inputDimension: 10, learningRates: [120 / 19.8])
    let result = try Self.identification.get().identify(try Self.constructed(weights))
    #expect(result.verdict.kind == .identified)
    #expect(
      result.verdict.sentence.hasPrefix("One step of gradient descent (learning rate "),
      "\(result.verdict.sentence)")
    let fitted = try #require(
      result.candidates.first { $0.name == "gradientDescent1Fitted" })
    // Single precision.
    #expect(abs(try #require(fitted.constants["learningRate"]) / (120 / 19.8) - 1) < 1e-5)
    #expect(fitted.unexplained.value < 1e-9)
    let sensitivity = try #require(fitted.sensitivity)
    #expect(abs(sensitivity.cosine.value - 1) < 1e-5 && sensitivity.distance.value < 1e-4)
    #expect((fitted.predictionDifference?.value ?? 1) < 1e-5)
    #expect((fitted.weightDifference?.mean.value ?? 1) < 1e-9)
    #expect((result.linearity?.explained.value ?? 0) > 1 - 1e-6)
  }

  @Test("Two layers that transform the inputs are told to be GD++")
  func transformed() throws {
    let weights = LinearAttentionWeights.gradientDescentPlusPlus(
      inputDimension: 10, steps: [(13, 0.175), (13, 0.175)], contextCount: 10)
    let result = try Self.identification.get().identify(try Self.constructed(weights))
    #expect(result.verdict.kind == .identified)
    #expect(
      result.verdict.sentence.hasPrefix("2 steps of gradient descent that transforms"),
      "\(result.verdict.sentence)")
    let descent = try #require(
      result.candidates.first { $0.name == "gradientDescent2Best" })
    // Published: without the transformation, two steps do not explain the model.
    #expect(descent.unexplained.value > 0.02)
  }
}
