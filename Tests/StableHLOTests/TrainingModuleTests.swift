import ComputeGraph
import Foundation
import StableHLO
import Tensors
import Testing

/// The program of whole training steps.
struct TrainingModuleTests {
  /// Linear regression by three weights.
  private static func program() -> TrainingProgram {
    TrainingProgram(
      laneCount: 2, episodesPerLane: 2,
      block: { episodes in
        let builder = GraphBuilder()
        let tokens = try builder.input("tokens", [episodes, 1, 3])
        let targets = try builder.input("targets", [episodes, 1, 1])
        let weight = try builder.parameter("weight", [3, 1])
        let bias = try builder.parameter("bias", [1])
        let predictions = try builder.append(.linear(), [tokens, weight, bias])[0]
        let loss = try predictions.squaredError(target: targets, scale: 0.25)
        let gradients = try builder.gradients(of: loss, withRespectTo: [weight, bias])
        return TrainingProgram.Block(
          graph: builder.graph, tokens: tokens.value, targets: targets.value, loss: loss.value,
          parameters: [weight.value, bias.value], gradients: gradients.map(\.value))
      },
      update: UpdateProgram(
        maximumNorm: 1,
        rule: AdamWRule(firstDecay: 0.9, secondDecay: 0.999, epsilon: 1e-8, weightDecay: 0.01)))
  }

  @Test("Training steps have the text that was looked at", arguments: [1, 2])
  func text(deviceCount: Int) throws {
    let training = try TrainingModule(Self.program(), deviceCount: deviceCount, capacity: 5)
    try Snapshot.expect(training.module.text, named: "trainingOn\(deviceCount)Devices")
    #expect(training.layout.count == 4)
  }

  @Test("State is given for the results to be kept in, and nothing else is")
  func donation() throws {
    let text = try TrainingModule(Self.program(), deviceCount: 1, capacity: 5).module.text
    for result in 0..<3 { #expect(text.contains("tf.aliasing_output = \(result) : i32")) }
    #expect(text.components(separatedBy: "tf.aliasing_output").count == 4)
  }

  @Test("Parameters lie one behind the other, and come back as they were")
  func layout() {
    let layout = FlatLayout([[2, 2], [], [3]])
    let tensors = [
      Tensor(shape: [2, 2], elements: [1, 2, 3, 4]), Tensor(shape: [], elements: [5]),
      Tensor(shape: [3], elements: [6, 7, 8]),
    ]
    #expect(layout.flatten(tensors) == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(layout.tensors(layout.flatten(tensors)) == tensors)
  }
}
