import Episodes

// Dimension key
//   M  tasks of the pool      D  dimension of an input      N  examples in an episode
//   G  groups of eight tasks in a block

/// The functions of a finite pool of tasks.
enum FunctionPool: Sendable {
  /// `w · x`; the weights are `[M, D]`.
  case linear(weights: [Float], dimension: Int)
  /// Any functions: the noise-free targets `[N]` of a task at the inputs `[N, D]` of an episode.
  case arbitrary(
    count: Int, targets: @Sendable (_ task: Int, _ inputs: [Float]) -> [Float])

  /// How many groups of eight tasks are worked on at once: their targets stay in the cache.
  static let blockExtent = 32

  /// `M`
  var count: Int {
    switch self {
    case .linear(let weights, let dimension): weights.count / dimension
    case .arbitrary(let count, _): count
    }
  }

  /// How many blocks there are; the last may have lanes without a task.
  var blockCount: Int { (count + 8 * Self.blockExtent - 1) / (8 * Self.blockExtent) }

  /// The targets of the tasks of a block for some episodes, one after the other.
  ///
  /// - Parameter body: is given the index of an episode and its targets, `[N, G]`, zero in lanes
  ///   without a task.
  func withTargets(
    ofBlock block: Int, for episodes: ArraySlice<Episode>,
    _ body: (_ index: Int, _ targets: Span<Lanes<Double>>) -> Void
  ) {
    let first = block * Self.blockExtent * 8
    let tasks = first..<min(first + Self.blockExtent * 8, count)
    switch self {
    case .linear(let weights, let dimension):
      let lanes = Self.lanes(of: weights.span, tasks, dimension)
      var targets: [Lanes<Double>] = []
      for index in episodes.indices {
        let shape = episodes[index].shape
        precondition(shape.inputDimension == dimension, "A weight for each number of an input.")
        if targets.isEmpty {
          targets = [Lanes<Double>](
            repeating: .zero, count: shape.exampleCount * Self.blockExtent)
        }
        Self.multiply(
          lanes.span, episodes[index].realInputs.span, dimension, into: &targets)
        body(index, targets.span)
      }
    case .arbitrary(_, let function):
      for index in episodes.indices {
        let count = episodes[index].shape.exampleCount
        var targets = [Lanes<Double>](repeating: .zero, count: count * Self.blockExtent)
        for task in tasks {
          let (group, lane) = (task - first).quotientAndRemainder(dividingBy: 8)
          for (example, target) in function(task, episodes[index].inputs).enumerated() {
            targets[example * Self.blockExtent + group][lane] = Double(target)
          }
        }
        body(index, targets.span)
      }
    }
  }

  /// The weights of some tasks side by side, `[G, D]`.
  private static func lanes(
    of weights: Span<Float>, _ tasks: Range<Int>, _ dimension: Int
  ) -> [Lanes<Double>] {
    var lanes = [Lanes<Double>](repeating: .zero, count: blockExtent * dimension)
    for task in tasks {
      let (group, lane) = (task - tasks.lowerBound).quotientAndRemainder(dividingBy: 8)
      for i in 0..<dimension {
        lanes[group * dimension + i][lane] = Double(weights[task * dimension + i])
      }
    }
    return lanes
  }

  /// - Parameters:
  ///   - weights: `[G, D]`
  ///   - inputs: `[N, D]`
  ///   - targets: `[N, G]`
  private static func multiply(
    _ weights: Span<Lanes<Double>>, _ inputs: Span<Double>, _ dimension: Int,
    into targets: inout [Lanes<Double>]
  ) {
    var targets = targets.mutableSpan
    let exampleCount = inputs.count / dimension
    precondition(
      weights.count == blockExtent * dimension && targets.count == exampleCount * blockExtent,
      "A target for each task and example.")
    for group in 0..<blockExtent {
      for example in 0..<exampleCount {
        var sum = Lanes<Double>.zero
        for i in 0..<dimension {
          sum = sum.adding(
            weights[unchecked: group &* dimension &+ i],
            times: Lanes<Double>(repeating: inputs[unchecked: example &* dimension &+ i]))
        }
        targets[unchecked: example &* blockExtent &+ group] = sum
      }
    }
  }
}
