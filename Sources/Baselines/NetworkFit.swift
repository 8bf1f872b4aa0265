import Episodes
import RandomKeys
import RealModule

// Dimension key
//   N  examples in an episode      D  dimension of an input      C  width of a prediction
//   H  hidden units, rounded up to a multiple of 16 with units that stay zero

/// A ``TwoLayerNetwork`` in training.
///
/// Hidden units are the innermost extent of every array, so that each loop is over them.
struct NetworkFit {
  private let dimension: Int
  private let outputCount: Int
  private let hiddenCount: Int
  private let isClassification: Bool
  private let learningRate: Float
  /// `[N, D]`
  private let inputs: [Float]
  /// `[N]`
  private let targets: [Float]
  /// `W` as `[D, H]`, `b` as `[H]`, `A` as `[C, H]`, then `c` as `[C]`.
  private var parameters: [Float]
  private var gradient: [Float]
  private var moments: AdamMoments
  /// `[H]`: activations, and the gradient of the loss by them.
  private var hidden: [Float]
  private var pull: [Float]

  /// - Parameter key: names the initial parameters.
  init(_ learner: TwoLayerNetwork, _ episode: Episode, key: RandomKey) {
    dimension = episode.shape.inputDimension
    outputCount = episode.shape.target.width
    hiddenCount = (learner.width + 15) / 16 * 16
    isClassification = episode.shape.target != .real
    learningRate = learner.learningRate
    inputs = episode.inputs
    targets = episode.targets
    let rows = dimension + 1 + outputCount
    parameters = [Float](repeating: 0, count: rows * hiddenCount + outputCount)
    for row in 0..<rows {
      let fanIn = row <= dimension ? dimension : learner.width
      let limit = 1 / Float(fanIn).squareRoot()
      let draws = key.folded(with: row).uniforms(learner.width, in: -limit..<limit)
      parameters.replaceSubrange(row * hiddenCount..<row * hiddenCount + draws.count, with: draws)
    }
    let limit = 1 / Float(learner.width).squareRoot()
    parameters.replaceSubrange(
      (rows * hiddenCount)...,
      with: key.folded(with: rows).uniforms(outputCount, in: -limit..<limit))
    gradient = [Float](repeating: 0, count: parameters.count)
    moments = AdamMoments(count: parameters.count)
    hidden = [Float](repeating: 0, count: hiddenCount)
    pull = hidden
  }

  /// Predictions or logits, `[C]`; leaves the activations in ``hidden``.
  mutating func outputs(of example: Int) -> [Float] {
    Self.activate(parameters, inputs, from: example * dimension, dimension, &hidden)
    let bias = (dimension + 1 + outputCount) * hiddenCount
    return (0..<outputCount).map { output in
      parameters[bias + output]
        + Self.product(parameters, from: (dimension + 1 + output) * hiddenCount, hidden)
    }
  }

  /// One step of Adam along the mean gradient of some examples.
  mutating func step(on batch: ArraySlice<Int32>) {
    for i in gradient.indices { gradient[i] = 0 }
    for example in batch { accumulate(Int(example), weight: 1 / Float(batch.count)) }
    moments.step(&parameters, gradient, learningRate: learningRate)
  }

  private mutating func accumulate(_ example: Int, weight: Float) {
    var errors = outputs(of: example)
    if isClassification {
      let greatest = errors.reduce(-.infinity, max)
      let exponentials = errors.map { Float.exp($0 - greatest) }
      let sum = exponentials.reduce(0, +)
      errors = exponentials.map { weight * $0 / sum }
      errors[Int(targets[example])] -= weight
    } else {
      errors[0] = 2 * weight * (errors[0] - targets[example])
    }
    for i in pull.indices { pull[i] = 0 }
    let bias = (dimension + 1 + outputCount) * hiddenCount
    for (output, error) in errors.enumerated() {
      let start = (dimension + 1 + output) * hiddenCount
      Self.add(parameters, from: start, times: error, to: &pull, at: 0, count: hiddenCount)
      Self.add(hidden, from: 0, times: error, to: &gradient, at: start, count: hiddenCount)
      gradient[bias + output] += error
    }
    for i in pull.indices { pull[i] = hidden[i] > 0 ? pull[i] : 0 }
    for i in 0...dimension {
      let input = i == dimension ? 1 : inputs[example * dimension + i]
      Self.add(
        pull, from: 0, times: input, to: &gradient, at: i * hiddenCount, count: hiddenCount)
    }
  }

  /// `max(0, W x + b)`
  private static func activate(
    _ parameters: [Float], _ inputs: [Float], from start: Int, _ dimension: Int,
    _ hidden: inout [Float]
  ) {
    let count = hidden.count
    hidden.replaceSubrange(0..., with: parameters[dimension * count..<(dimension + 1) * count])
    for i in 0..<dimension {
      add(
        parameters, from: i * count, times: inputs[start + i], to: &hidden, at: 0, count: count)
    }
    for i in hidden.indices { hidden[i] = hidden[i] > 0 ? hidden[i] : 0 }
  }

  /// Adds `factor` times a piece of `source` to a piece of `target`.
  @inline(__always)
  private static func add(
    _ source: [Float], from first: Int, times factor: Float, to target: inout [Float],
    at start: Int, count: Int
  ) {
    precondition(
      first >= 0 && start >= 0 && first + count <= source.count && start + count <= target.count,
      "Pieces of both.")
    let source = source.span
    var target = target.mutableSpan
    for i in 0..<count {
      target[unchecked: start &+ i] = Relaxed.multiplyAdd(
        factor, source[unchecked: first &+ i], target[unchecked: start &+ i])
    }
  }

  /// The product of a piece of `left` with `right`.
  private static func product(_ left: [Float], from start: Int, _ right: [Float]) -> Float {
    let count = right.count
    precondition(start >= 0 && start + count <= left.count, "A piece of the left.")
    let (left, right) = (left.span, right.span)
    var sum: Float = 0
    for i in 0..<count {
      sum = Relaxed.multiplyAdd(left[unchecked: start &+ i], right[unchecked: i], sum)
    }
    return sum
  }
}
