import ComputeGraph
import Optimizers
import RandomKeys
import Tensors

// Dimension key
//   E  episodes      d  numbers of an activation      C  numbers of all quantities together
//   U  hidden units  B  rows of a batch

/// Probes with one hidden layer, `A · gelu(W x + b) + c`, trained by AdamW on the engine: each quantity
/// with the length of training that suits the choosing episodes best.
///
/// All quantities of a place share the hidden layer. Features and quantities have mean zero and
/// variance one in training.
struct NetworkActivationProbe {
  let engine: any Engine
  let division: ProbeDivision

  /// `U`
  private static let hiddenCount = 128
  private static let batchSize = 128
  private static let steps = 400
  /// After so many steps each, a probe is offered.
  private static let interval = 50
  private static let optimizer = AdamWConfiguration(
    learningRate: 5e-3, warmupSteps: 20, weightDecay: 0.1)

  /// - Parameters:
  ///   - features: `[E, d]`
  ///   - key: names first parameters and batches.
  /// - Throws: `EngineError` if a kernel fails.
  func outcome(
    of columns: ProbeColumns, in features: [Float], key: RandomKey
  ) throws -> ProbeOutcome {
    let (scaledFeatures, _) = standardized(features)
    let (targets, restore) = standardized(columns.values.map { Float($0) })
    let (dimension, width) = (features.count / division.count, columns.width)
    let source = ProbeBatchSource(
      features: scaledFeatures, targets: targets, dimension: dimension, width: width,
      rows: division.fitted.count, key: key.folded(with: 1))
    let state = TrainingState(
      parameters: Self.parameters(dimension, width, key: key.folded(with: 0)), slots: [:])
    let training = try engine.compile(
      Self.trainingProgram(dimension, width), from: state, source: source)
    let reading = try engine.compile(
      Self.inferenceProgram(dimension, width), parameters: state.parameters)
    let others = scaledFeatures.rows(division.others, of: division.count)
    var outcome = ProbeOutcome(columns, division)
    for step in 0..<Self.steps {
      _ = try training.step(
        step, schedule: Self.optimizer.schedule(step: step, of: Self.steps))
      guard (step + 1) % Self.interval == 0 else { continue }
      try reading.load(training.state.parameters)
      let predictions = try reading.run(tokens: others)
      outcome.offer(
        predictions.enumerated().map { index, value in
          Double(value) * restore[index % width].scale + restore[index % width].mean
        })
    }
    return outcome
  }

  /// Rows with mean zero and variance one over the fitted ones, and what undoes that for each column.
  private func standardized(
    _ rows: [Float]
  ) -> (rows: [Float], restore: [(scale: Double, mean: Double)]) {
    let width = rows.count / division.count
    let fitted = rows.rows(division.fitted, of: division.count)
    let means = fitted.means(width: width)
    let squares = fitted.enumerated().map { index, value in
      (Double(value) - means[index % width]) * (Double(value) - means[index % width])
    }
    let scales = squares.means(width: width).map { $0 > 0 ? $0.squareRoot() : 1 }
    let scaled = rows.enumerated().map { index, value in
      Float((Double(value) - means[index % width]) / scales[index % width])
    }
    return (scaled, zip(scales, means).map { ($0, $1) })
  }
}

extension NetworkActivationProbe {
  private static func shapes(_ dimension: Int, _ width: Int) -> [Shape] {
    [[dimension, hiddenCount], [hiddenCount], [hiddenCount, width], [width]]
  }

  /// Weights normal with the variance that keeps the size of their inputs, biases zero.
  private static func parameters(_ dimension: Int, _ width: Int, key: RandomKey) -> [Tensor] {
    shapes(dimension, width).enumerated().map { index, shape in
      guard shape.rank == 2 else { return Tensor(zeros: shape) }
      return Tensor(
        shape: shape,
        elements: key.folded(with: index).normals(
          shape.count, standardDeviation: 1 / Float(shape[0]).squareRoot()))
    }
  }

  private static func forward(
    _ builder: GraphBuilder, _ rows: Int, _ dimension: Int, _ width: Int
  ) throws -> (features: Term, parameters: [Term], outputs: Term) {
    let features = try builder.input("features", [rows, 1, dimension])
    let parameters = try shapes(dimension, width).enumerated().map { index, shape in
      try builder.parameter("parameter \(index)", shape)
    }
    let outputs = try features.linear(weight: parameters[0], bias: parameters[1])
      .activation(.gelu).linear(weight: parameters[2], bias: parameters[3])
    return (features, parameters, outputs)
  }

  private static func trainingProgram(_ dimension: Int, _ width: Int) -> TrainingProgram {
    TrainingProgram(
      laneCount: 1, episodesPerLane: batchSize,
      block: { rows in
        let builder = GraphBuilder()
        let forward = try forward(builder, rows, dimension, width)
        let targets = try builder.input("targets", forward.outputs.shape)
        let loss = try forward.outputs.squaredError(
          target: targets, scale: 1 / Float(batchSize * width))
        let gradients = try builder.gradients(of: loss, withRespectTo: forward.parameters)
        return TrainingProgram.Block(
          graph: builder.graph, tokens: forward.features.value, targets: targets.value,
          loss: loss.value, parameters: forward.parameters.map(\.value),
          gradients: gradients.map(\.value))
      }, update: optimizer.program)
  }

  private static func inferenceProgram(_ dimension: Int, _ width: Int) -> InferenceProgram {
    InferenceProgram { rows in
      let builder = GraphBuilder()
      let forward = try forward(builder, rows, dimension, width)
      return InferenceProgram.Block(
        graph: builder.graph, inputs: [forward.features.value], outputs: [forward.outputs.value],
        parameters: forward.parameters.map(\.value))
    }
  }
}

/// Rows drawn with replacement.
private struct ProbeBatchSource: BatchSource {
  /// `[E, d]`
  let features: [Float]
  /// `[E, C]`
  let targets: [Float]
  /// `d`
  let dimension: Int
  /// `C`
  let width: Int
  /// How many of the first rows are drawn from.
  let rows: Int
  let key: RandomKey

  func makeWriter() -> any BatchWriter { Writer(source: self) }

  private final class Writer: BatchWriter {
    private let source: ProbeBatchSource

    init(source: ProbeBatchSource) { self.source = source }

    func write(
      step: Int, episodes: Range<Int>, tokens: inout MutableSpan<Float>,
      targets: inout MutableSpan<Float>
    ) {
      let key = source.key.folded(with: step)
      let (dimension, width) = (source.dimension, source.width)
      for (place, episode) in episodes.enumerated() {
        let row = key.folded(with: episode).uniformInteger(below: source.rows)
        for i in 0..<dimension {
          tokens[place * dimension + i] = source.features[row * dimension + i]
        }
        for i in 0..<width { targets[place * width + i] = source.targets[row * width + i] }
      }
    }
  }
}
