import CPUEngine
import ComputeGraph
import TestSupport
import Tensors
import Testing

/// Training steps of the engine: gradients of blocks and lanes add up, and updates do what they
/// mean.
struct TrainingTests {
  private static let schedule = UpdateSchedule(
    learningRate: 0.1, firstCorrection: 1.25, secondCorrection: 1.5)

  @Test("Gradients add up over blocks and lanes", arguments: OperationRecord.differentiable)
  func gradientSums(_ record: OperationRecord) throws {
    let (laneCount, episodesPerLane) = (3, 2)
    let training = try RecordTraining(
      record, laneCount: laneCount, episodesPerLane: episodesPerLane)
    let session = try CPUEngine(workers: 1).compile(
      training.program, from: training.state, source: WeightSource())
    let result = try session.step(0, schedule: Self.schedule)
    let found = try #require(try session.state.slots["firstMoment"])

    let block = try training.program.block(1)
    var arrays = Dictionary(
      uniqueKeysWithValues: zip(record.operands, training.state.parameters).map {
        ($0.name, ReferenceArray($1))
      })
    var sums = block.parameters.map { ReferenceArray(block.graph.shape(of: $0)) { _ in 0 } }
    var loss = 0.0
    for episode in 0..<laneCount * episodesPerLane {
      let share = Double(WeightSource.weight(episode)) / Double(RecordTraining.tokenCount)
      arrays["tokens"] = ReferenceArray([1, RecordTraining.tokenCount, 1]) { _ in share }
      arrays["targets"] = ReferenceArray([1, 1, 1]) { _ in 0 }
      let values = try ReferenceInterpreter(arrays: arrays)
        .evaluate(block.graph, outputs: [block.loss] + block.gradients)
      loss += values[0].elements[0]
      for (index, gradient) in values.dropFirst().enumerated() {
        for i in gradient.elements.indices { sums[index].elements[i] += gradient.elements[i] }
      }
    }
    let magnitude = max(1, abs(loss), sums.map(\.magnitude).max() ?? 0)
    #expect(abs(Double(result.loss) - loss) <= record.tolerance * magnitude)
    for (tensor, sum) in zip(found, sums) {
      let agreement = Agreement(tensor, sum, magnitude: magnitude)
      #expect(agreement.relativeDistance <= record.tolerance, "\(agreement)")
    }
  }

  @Test("Updates clip and step as their meaning says", arguments: [0.05, 100, nil] as [Float?])
  func updates(_ maximumNorm: Float?) throws {
    let rule = AdamWRule(firstDecay: 0.9, secondDecay: 0.99, epsilon: 1e-3, weightDecay: 0.1)
    let update = UpdateProgram(maximumNorm: maximumNorm, rule: rule)
    let record = try #require(
      OperationRecord.differentiable.first { $0.name == "multiply [3, 33]" })
    let training = try RecordTraining(record, laneCount: 1, episodesPerLane: 1)
    let program = TrainingProgram(
      laneCount: 1, episodesPerLane: 1, block: training.program.block, update: update)
    var state = training.state
    state.slots["firstMoment"] = state.parameters.map { scaled($0, 0.1) { $0 } }
    state.slots["secondMoment"] = state.parameters.map { scaled($0, 0.3, abs) }
    let session = try CPUEngine(workers: 1).compile(
      program, from: state, source: WeightSource())
    let gradients = try CPUEngine(workers: 1).evaluate(
      training.instance.graph, record.arrays(), outputs: training.instance.gradients
    ).map { scaled($0, WeightSource.weight(0)) { $0 } }

    let result = try session.step(0, schedule: Self.schedule)
    let expected = try updated(state, gradients, update)
    let after = try session.state
    let found = [
      flat(after.parameters), flat(after.slots["firstMoment"] ?? []),
      flat(after.slots["secondMoment"] ?? []),
      Tensor(shape: [], elements: [result.gradientNorm]),
    ]
    for (tensor, reference) in zip(found, expected) {
      // A few roundings each of numbers near one, and the norm's sum over 198 squares.
      #expect(Agreement(tensor, reference).relativeDistance <= 1e-6)
    }
    let norm = expected[3].elements[0]
    #expect(norm > 0.05 && norm < 100, "one limit clips and the other does not")
  }

  /// Parameters, moments and norm after a step, by the reference.
  private func updated(
    _ state: TrainingState, _ gradients: [Tensor], _ update: UpdateProgram
  ) throws -> [ReferenceArray] {
    let count = gradients.reduce(0) { $0 + $1.shape.count }
    let builder = GraphBuilder()
    let terms = try ["gradient", "parameters", "firstMoment", "secondMoment"].map {
      try builder.input($0, [count])
    }
    let schedule = Self.schedule
    let numbers = try builder.constant(
      [schedule.learningRate, schedule.firstCorrection, schedule.secondCorrection], [3])
    let clipped = try builder.append(update.clip, [terms[0]])
    let results = try builder.append(
      update.rule, [terms[1], clipped[0], terms[2], terms[3], numbers])
    let arrays = [
      "gradient": flat(gradients), "parameters": flat(state.parameters),
      "firstMoment": flat(state.slots["firstMoment"] ?? []),
      "secondMoment": flat(state.slots["secondMoment"] ?? []),
    ]
    return try ReferenceInterpreter(arrays: arrays.mapValues(ReferenceArray.init))
      .evaluate(builder.graph, outputs: results.map(\.value) + [clipped[1].value])
  }

  private func flat(_ tensors: [Tensor]) -> Tensor {
    let elements = tensors.flatMap(\.elements)
    return Tensor(shape: [elements.count], elements: elements)
  }

  private func scaled(
    _ tensor: Tensor, _ factor: Float, _ function: (Float) -> Float
  ) -> Tensor {
    Tensor(shape: tensor.shape, elements: tensor.elements.map { factor * function($0) })
  }
}
