import Baselines
import Episodes
import RandomKeys
import TaskFamilies

// Dimension key
//   S  episodes      K  context lengths      Q  fresh queries of an episode      D  dimension of an input

/// What a learner of real targets makes of the query, after some numbers of examples: its sensitivity
/// at the query of each episode, and the weights of the linear function that is nearest to it.
struct LinearProbe: Sendable {
  /// `S`
  let episodes: [Episode]
  /// `K`, all positive.
  let contextLengths: [Int]
  /// `[Q, D]` for each of the first episodes.
  private let queries: [[Float]]
  /// `Q`: three quarters are fitted, the others say how well.
  let queryCount: Int

  /// So many episodes, context lengths, and episodes whose weights are fitted are asked at most: each
  /// takes predictions for all its queries.
  private static let limits = (episodes: 192, contextLengths: 6, fitted: 48)

  /// - Parameters:
  ///   - probe: with real targets.
  ///   - family: draws the fresh queries, for the tasks of the episodes.
  ///   - tasks: named episode `i` by its child `i`.
  ///   - key: names the fresh queries.
  /// - Returns: nil if there is no context with an example.
  init?(_ probe: ProbeEpisodes, family: any TaskFamily, tasks: RandomKey, key: RandomKey) {
    let lengths = probe.contextLengths.filter { $0 > 0 }
    guard probe.shape.target == .real, !lengths.isEmpty else { return nil }
    episodes = Array(probe.episodes.prefix(Self.limits.episodes))
    let count = min(lengths.count, Self.limits.contextLengths)
    contextLengths = (1...count).map { lengths[lengths.count * $0 / count - 1] }
    let dimension = probe.shape.inputDimension
    let queryCount = 4 * max(4, dimension)
    self.queryCount = queryCount
    queries = (0..<min(episodes.count, Self.limits.fitted)).map { index in
      var drawn = family.makeEpisode()
      family.drawTask(tasks.folded(with: index).folded(with: .task), into: &drawn)
      var queries: [Float] = []
      var draw = 0
      while queries.count < queryCount * dimension {
        family.drawInputs(key.folded(with: index).folded(with: draw), into: &drawn)
        queries += drawn.inputs
        draw += 1
      }
      return Array(queries.prefix(queryCount * dimension))
    }
  }

  var dimension: Int { episodes[0].shape.inputDimension }

  /// How many episodes have fitted weights.
  var fittedCount: Int { queries.count }

  /// The sensitivities of a learner, `[S, K, D]`.
  func sensitivities(of learner: any QueryDifferentiable) throws -> [Double] {
    let parts = try contextLengths.map { try learner.sensitivities(of: $0, in: episodes) }
    return episodes.indices.flatMap { episode in
      parts.flatMap { $0[episode * dimension..<(episode + 1) * dimension] }
    }
  }

  /// The weights implicit in a learner: the least-squares fit, without intercept, to its own predictions
  /// for fresh queries after each context.
  ///
  /// Source: Akyürek et al. 2022, section 4.1, <https://arxiv.org/abs/2211.15661>.
  ///
  /// - Throws: what the learner throws; ``EvaluationError`` if a prediction is not finite.
  func implicitWeights(of learner: any InContextLearner) throws -> ImplicitWeights {
    var weights = ImplicitWeights()
    for (index, queries) in queries.enumerated() {
      for length in contextLengths {
        let block = (0..<queryCount).map { query in
          episodes[index].replacingInput(
            of: length, by: queries[query * dimension..<(query + 1) * dimension])
        }
        let values = try Self.predictions(of: learner, length, in: block)
        guard values.allSatisfy(\.isFinite) else {
          throw EvaluationError.nonFinitePrediction(
            learner: learner.name, episode: index, contextLength: length)
        }
        try weights.append(queries: queries, predictions: values, dimension: dimension)
      }
    }
    return weights
  }

  private static func predictions(
    of learner: any InContextLearner, _ example: Int, in episodes: [Episode]
  ) throws -> [Float] {
    if let learner = learner as? any QueryDifferentiable {
      return try learner.predictions(of: example, in: episodes)
    }
    let predictions = try learner.predictions(for: episodes)
    let count = episodes[0].shape.exampleCount
    return episodes.indices.map { predictions[$0 * count + example] }
  }
}
