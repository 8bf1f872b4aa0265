import ComputeGraph
import TestSupport
import Tensors

/// A record as a training program: every operand is a parameter, and episode `e` counts its loss
/// `weight(e)` times.
///
/// With no clipping and no momentum, the first moment after a step is the sum of gradients itself.
struct RecordTraining {
  let instance: OperationRecord.Instance
  let program: TrainingProgram
  let state: TrainingState

  /// So long that a block holds one episode.
  static let tokenCount = 660

  init(_ record: OperationRecord, laneCount: Int, episodesPerLane: Int) throws {
    let instance = try record.instance()
    self.instance = instance
    let rule = AdamWRule(firstDecay: 0, secondDecay: 0, epsilon: 1, weightDecay: 0)
    program = TrainingProgram(
      laneCount: laneCount, episodesPerLane: episodesPerLane,
      block: { episodes in try Self.block(record, episodes) },
      update: UpdateProgram(maximumNorm: nil, rule: rule))
    let arrays = record.arrays()
    state = TrainingState(parameters: record.operands.compactMap { arrays[$0.name] }, slots: [:])
  }

  private static func block(
    _ record: OperationRecord, _ episodes: Int
  ) throws -> TrainingProgram.Block {
    let builder = GraphBuilder()
    let tokens = try builder.input("tokens", [episodes, tokenCount, 1])
    let targets = try builder.input("targets", [episodes, 1, 1])
    let operands = try record.operands.map { try builder.parameter($0.name, $0.shape) }
    let scalar = try record.scalar(record.build(builder, operands)[0])
    let loss = try scalar * tokens.sum() + targets.sum()
    let gradients = try builder.gradients(of: loss, withRespectTo: operands)
    return TrainingProgram.Block(
      graph: builder.graph, tokens: tokens.value, targets: targets.value, loss: loss.value,
      parameters: operands.map(\.value), gradients: gradients.map(\.value))
  }
}

/// Makes the first token of each episode its weight, and all targets zero.
struct WeightSource: BatchSource {
  static func weight(_ episode: Int) -> Float { Float(1 + episode % 3) / 2 }

  func makeWriter() -> any BatchWriter { Writer() }

  private final class Writer: BatchWriter {
    func write(
      step: Int, episodes: Range<Int>, tokens: inout MutableSpan<Float>,
      targets: inout MutableSpan<Float>
    ) {
      for i in tokens.indices { tokens[i] = 0 }
      for i in targets.indices { targets[i] = 0 }
      let width = tokens.count / episodes.count
      for (index, episode) in episodes.enumerated() {
        tokens[index * width] = WeightSource.weight(episode)
      }
    }
  }
}
