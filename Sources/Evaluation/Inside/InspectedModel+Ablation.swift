import ComputeGraph
package import Episodes
import Models
package import RandomKeys
import Tensors

// Dimension key
//   E  episodes      H  heads      Q  tokens that a layer computes      K  numbers of a head
//   M  metrics of an episode

extension InspectedModel {
  /// Silences every head and every feed-forward branch, one after the other, and measures the damage.
  ///
  /// A silent part either adds nothing, or what it adds on average over the episodes, at each token its
  /// own average: the second damages only what depends on the episode. (Michel et al. 2019, section 3,
  /// take out one head at a time, <https://arxiv.org/abs/1905.10650>.)
  ///
  /// - Parameters:
  ///   - episodes: at least one, of the layout's shape.
  ///   - key: names the bootstrap resamples.
  ///   - progress: told how many of how many passes are done.
  /// - Throws: ``EvaluationError/nonFiniteActivation(episode:)``; `EngineError` if a kernel fails.
  /// - Complexity: two passes over all episodes for each part.
  package func ablations(
    on episodes: [Episode], bootstrap: Bootstrap = Bootstrap(), key: RandomKey,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> AblationSurvey {
    let branches = try activations {
      switch $0 {
      case .heads, .feedForward: true
      case .stream, .attentionWeights: false
      }
    }
    let means = try means(at: branches.map(\.place), of: episodes)
    let session = try engine.compile(
      model.interventionProgram(at: branches.map(\.place)),
      parameters: parameters + branches.flatMap { Self.intact($0.shape) })
    let tokens = layout.tokens(of: episodes)
    let unit = unit(of: episodes)
    func scores(_ changes: [Tensor]) throws -> PredictionScores {
      try session.load(parameters + changes)
      return PredictionScores(try session.run(tokens: tokens), of: episodes, layout)
    }
    let parts = try parts(of: branches)
    let intact = try scores(branches.flatMap { Self.intact($0.shape) })
    var ablations: [Ablation] = []
    for (index, part) in parts.enumerated() {
      let damages = try [nil, means[part.branch]].enumerated().map { kind, mean in
        progress(2 * index + kind, 2 * parts.count)
        let changes = branches.indices.flatMap { branch in
          branch == part.branch
            ? Self.silenced(branches[branch].shape, part.columns, mean: mean)
            : Self.intact(branches[branch].shape)
        }
        let damage = zip(try scores(changes).values, intact.values).map { $0 - $1 }
        return Self.score(
          damage, width: intact.width, unit: unit, bootstrap: bootstrap, key: key)
      }
      ablations.append(Ablation(part: part.part, zero: damages[0], mean: damages[1]))
    }
    progress(2 * parts.count, 2 * parts.count)
    return AblationSurvey(
      episodes: episodes.count,
      metric: layout.shape.target == .real ? .normalizedSquaredError : .crossEntropy,
      intact: Self.score(
        intact.values, width: intact.width, unit: unit, bootstrap: bootstrap, key: key),
      ablations: ablations)
  }

  /// A part, which branch it is of, and the columns that are its own.
  private typealias Part = (part: ModelPart, branch: Int, columns: Range<Int>)

  private func parts(of branches: [(place: ActivationPlace, shape: Shape)]) throws -> [Part] {
    let attention = try activations {
      if case .attentionWeights = $0 { true } else { false }
    }
    return branches.enumerated().flatMap { index, branch -> [Part] in
      let width = branch.shape[1]
      switch branch.place {
      case .heads(let layer):
        let size = width / attention[layer].shape[0]
        return (0..<width / size).map { head in
          (.head(layer: layer + 1, head: head + 1), index, head * size..<(head + 1) * size)
        }
      case .feedForward(let layer): return [(.feedForward(layer: layer + 1), index, 0..<width)]
      case .stream, .attentionWeights: return []
      }
    }
  }

  /// Means over episodes, for each place of the shape for one episode.
  private func means(
    at places: [ActivationPlace], of episodes: [Episode]
  ) throws -> [[Float]] {
    var sums: [[Double]] = places.map { _ in [] }
    try read(places, of: episodes) { block, activations in
      for (place, activation) in activations.enumerated() {
        let part = activation.means(width: activation.count / block.count)
        let share = Double(block.count) / Double(episodes.count)
        if sums[place].isEmpty { sums[place] = part.map { _ in 0 } }
        for index in part.indices { sums[place][index] += share * part[index] }
      }
    }
    return sums.map { $0.map { Float($0) } }
  }

  /// Scales of one and offsets of zero.
  private static func intact(_ shape: Shape) -> [Tensor] {
    [
      Tensor(shape: shape, elements: [Float](repeating: 1, count: shape.count)),
      Tensor(zeros: shape),
    ]
  }

  /// Scales of zero for some columns, and the mean, if given, as their offset.
  private static func silenced(
    _ shape: Shape, _ columns: Range<Int>, mean: [Float]?
  ) -> [Tensor] {
    var tensors = intact(shape)
    for row in 0..<shape[0] {
      for column in columns {
        let place = row * shape[1] + column
        tensors[0].elements[place] = 0
        tensors[1].elements[place] = mean?[place] ?? 0
      }
    }
    return tensors
  }

  /// What errors are divided by: the mean squared target of what is predicted, or nothing.
  private func unit(of episodes: [Episode]) -> Double {
    guard layout.shape.target == .real else { return 1 }
    let targets = episodes.flatMap { $0.targets[layout.predictedExamples] }
    let square = targets.reduce(0) { $0 + Double($1) * Double($1) } / Double(targets.count)
    return square > 0 ? square : 1
  }

  /// Means over episodes of `[E, M]` scores.
  private static func score(
    _ values: [Double], width: Int, unit: Double, bootstrap: Bootstrap, key: RandomKey
  ) -> AblationScore {
    let scaled = values.enumerated().map { Float($0 % width == 0 ? $1 / unit : $1) }
    let means = scaled.means(width: width)
    let ends = bootstrap.intervals(of: scaled, width: width, key: key)
    let estimates = (0..<width).map {
      Estimate(value: means[$0], low: ends.low[$0], high: ends.high[$0])
    }
    return AblationScore(
      error: estimates[0], accuracy: width > 1 ? estimates[1] : nil)
  }
}
