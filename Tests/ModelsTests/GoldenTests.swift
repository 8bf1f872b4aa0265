import CPUEngine
import ComputeGraph
import Episodes
import Models
import Optimizers
import Tensors
import TestSupport
import Testing

/// Transformer, differentiation, engine and optimiser together, against an independent implementation.
///
/// The fixtures were computed in double precision. PyTorch itself, in single precision, is off by up to
/// 7e-7 in predictions, 8e-8 of the gradient's norm and 4e-7 of a loss; tolerances are about five times that.
struct GoldenTests {
  @Test("Predictions are PyTorch's", arguments: GoldenFixture.names)
  func predictions(_ name: String) throws {
    let fixture = try GoldenFixture.named(name)
    let session = try CPUEngine(workers: 1).compile(
      fixture.transformer.inferenceProgram, parameters: fixture.parameters.map(\.tensor))
    let found = try session.run(tokens: fixture.tokens.tensor.elements)
    try #require(found.count == fixture.predictions.values.count)
    for (a, b) in zip(found, fixture.predictions.values) { #expect(abs(Double(a) - b) <= 4e-6) }
  }

  @Test("The model is laid out as the fixture was", arguments: GoldenFixture.names)
  func layout(_ name: String) throws {
    let fixture = try GoldenFixture.named(name)
    #expect(fixture.layout.tokenCount == fixture.configuration.tokens)
    #expect(fixture.layout.tokenWidth == fixture.configuration.features)
    #expect(fixture.layout.predictionTokens == fixture.predictionTokens)
    let parameters = fixture.transformer.parameters
    #expect(parameters.map(\.name) == fixture.parameters.map(\.name))
    #expect(parameters.map(\.shape.extents) == fixture.parameters.map(\.shape))
  }

  @Test("The loss and every gradient are PyTorch's", arguments: GoldenFixture.names)
  func gradients(_ name: String) throws {
    let fixture = try GoldenFixture.named(name)
    let block = try fixture.program(laneCount: 1).block(fixture.episodeCount)
    var arrays = Dictionary(
      uniqueKeysWithValues: fixture.parameters.map { ($0.name, $0.tensor) })
    arrays["tokens"] = fixture.tokens.tensor
    arrays["targets"] = fixture.targets.tensor
    let found = try CPUEngine(workers: 1).evaluate(
      block.graph, arrays, outputs: [block.loss] + block.gradients)
    #expect(abs(Double(found[0].elements[0]) - fixture.loss) <= 2e-6 * fixture.loss)
    for (tensor, parameter) in zip(found.dropFirst(), fixture.parameters) {
      let agreement = Agreement(
        tensor, ReferenceArray(tensor.shape, parameter.gradient), magnitude: fixture.gradientNorm)
      #expect(agreement.relativeDistance <= 4e-7, "\(parameter.name): \(agreement)")
    }
  }

  @Test("Ten steps of AdamW are PyTorch's", arguments: GoldenFixture.names, [1, 2, 4])
  func training(_ name: String, _ laneCount: Int) throws {
    let fixture = try GoldenFixture.named(name)
    let state = TrainingState(parameters: fixture.parameters.map(\.tensor), slots: [:])
    let session = try CPUEngine(workers: 1).compile(
      fixture.program(laneCount: laneCount), from: state)
    let source = FixedSource(tokens: fixture.tokens.tensor, targets: fixture.targets.tensor)
    let steps = fixture.optimizer.steps
    try #require(fixture.losses.count == steps)
    for (step, loss) in fixture.losses.enumerated() {
      let result = try session.step(
        step, schedule: fixture.adamW.schedule(step: step, of: steps), source: source)
      #expect(abs(Double(result.loss) - loss) <= 2e-6 * loss, "step \(step)")
      if step == 0 {
        #expect(
          abs(Double(result.gradientNorm) - fixture.gradientNorm) <= 2e-6 * fixture.gradientNorm)
      }
    }
    for (tensor, parameter) in zip(session.state.parameters, fixture.parameters)
    where !isArbitrary(parameter, fixture) {
      let squares = tensor.elements.reduce(0) { $0 + Double($1) * Double($1) }
      let sum = tensor.elements.reduce(0) { $0 + Double($1) }
      // Where a gradient is near zero Adam divides its rounding by its size.
      #expect(abs(squares.squareRoot() - parameter.finalNorm) <= 2e-6 * parameter.finalNorm)
      #expect(abs(sum - parameter.finalSum) <= 1e-5 * parameter.finalNorm)
    }
  }

  /// A key's bias moves all scores of a softmax alike: its gradient is rounding alone, and Adam makes full steps of it.
  private func isArbitrary(_ parameter: GoldenFixture.Parameter, _ fixture: GoldenFixture) -> Bool {
    fixture.configuration.attention == .softmax && parameter.name.hasSuffix("key.bias")
  }
}
