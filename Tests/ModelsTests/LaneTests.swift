import CPUEngine
import ComputeGraph
import Episodes
import Models
import Optimizers
import RandomKeys
import Tensors
import TestSupport
import Testing

/// Who computes a lane, and in how many blocks, changes nothing that matters.
struct LaneTests {
  /// Real and class targets, one and several blocks of a lane.
  struct Workload: Sendable, CustomStringConvertible {
    let format: PromptFormat
    let shape: EpisodeShape
    let configuration: TransformerConfiguration
    let batchSize: Int
    let laneCount: Int

    var description: String { "\(format.rawValue), \(batchSize) episodes in \(laneCount) lanes" }
    var layout: PromptLayout { format.layout(for: shape) }
    var transformer: Transformer { Transformer(configuration, layout: layout) }
    var source: RandomSource { RandomSource(layout: layout, key: RandomKey(seed: 5)) }
    var parameters: [Tensor] {
      transformer.initialParameters(RandomKey(seed: 3)).map(\.tensor)
    }
  }

  static let workloads = [
    Workload(
      format: .interleaved,
      shape: EpisodeShape(exampleCount: 41, inputDimension: 5, target: .real),
      configuration: TransformerConfiguration(width: 16, layers: 2, positions: .learned),
      batchSize: 48, laneCount: 3),
    Workload(
      format: .paired, shape: EpisodeShape(exampleCount: 9, inputDimension: 4, target: .classes(3)),
      configuration: TransformerConfiguration(width: 32, layers: 2, sharesLayers: true),
      batchSize: 28, laneCount: 7),
    Workload(
      format: .shifted, shape: EpisodeShape(exampleCount: 70, inputDimension: 2, target: .real),
      configuration: TransformerConfiguration(
        width: 8, layers: 2, heads: 1, activation: .relu, attention: .linear),
      batchSize: 50, laneCount: 2),
  ]

  @Test("Any number of workers gives the same bits", arguments: workloads)
  func workers(_ workload: Workload) throws {
    let straight = try train(workload, workers: 1)
    #expect(straight.results.allSatisfy { $0.isFinite })
    #expect(straight.state.parameters != workload.parameters)
    for workers in [1, 2, 3] {
      let other = try train(workload, workers: workers)
      #expect(other.results == straight.results, "\(workers) workers")
      #expect(other.state == straight.state, "\(workers) workers")
    }
  }

  @Test("Training goes on from a state as if it had not stopped", arguments: workloads)
  func resuming(_ workload: Workload) throws {
    let straight = try train(workload, workers: 1)
    let start = TrainingState(parameters: workload.parameters, slots: [:])
    let first = try train(workload, workers: 2, from: start, steps: 0..<2)
    let second = try train(workload, workers: 1, from: first.state, steps: 2..<4)
    #expect(first.results + second.results == straight.results)
    #expect(second.state == straight.state)
  }

  @Test("Several blocks of a lane add up to one large block", arguments: workloads)
  func blocks(_ workload: Workload) throws {
    // Without momentum and clipping the first moment after a step is the gradient.
    let update = UpdateProgram(
      maximumNorm: nil,
      rule: AdamWRule(firstDecay: 0, secondDecay: 0, epsilon: 1, weightDecay: 0))
    let program = workload.transformer.trainingProgram(
      batchSize: workload.batchSize, laneCount: workload.laneCount, update: update)
    let engine = try CPUEngine(workers: 1)
    let state = TrainingState(parameters: workload.parameters, slots: [:])
    let session = try engine.compile(program, from: state, source: workload.source)
    let schedule = UpdateSchedule(learningRate: 0, firstCorrection: 1, secondCorrection: 1)
    let result = try session.step(0, schedule: schedule)
    let sums = try #require(try session.state.slots["firstMoment"])

    let block = try program.block(workload.batchSize)
    var arrays = Dictionary(
      uniqueKeysWithValues: zip(workload.transformer.parameters.map(\.name), workload.parameters))
    let batch = workload.source.batch(step: 0, count: workload.batchSize)
    arrays["tokens"] = batch.tokens
    arrays["targets"] = batch.targets
    let whole = try engine.evaluate(
      block.graph, arrays, outputs: [block.loss] + block.gradients)
    let loss = whole[0].elements[0]
    // Sums over thousands of tokens in single precision, in two orders.
    #expect(abs(result.loss - loss) <= 1e-5 * loss)
    for (sum, gradient) in zip(sums, whole.dropFirst()) {
      let agreement = Agreement(
        sum, ReferenceArray(gradient), magnitude: Double(result.gradientNorm))
      #expect(agreement.relativeDistance <= 1e-5, "\(agreement)")
    }
  }

  private func train(
    _ workload: Workload, workers: Int, from state: TrainingState? = nil, steps: Range<Int> = 0..<4
  ) throws -> (state: TrainingState, results: [StepResult]) {
    let adamW = AdamWConfiguration(learningRate: 1e-2, warmupSteps: 1)
    let program = workload.transformer.trainingProgram(
      batchSize: workload.batchSize, laneCount: workload.laneCount, update: adamW.program)
    let start = state ?? TrainingState(parameters: workload.parameters, slots: [:])
    let session = try CPUEngine(workers: workers).compile(
      program, from: start, source: workload.source)
    let results = try steps.map { step in
      try session.step(step, schedule: adamW.schedule(step: step, of: 4))
    }
    return (try session.state, results)
  }
}
