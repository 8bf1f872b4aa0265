package import Baselines
package import Episodes
package import RandomKeys
package import TaskFamilies

// Dimension key
//   E  episodes      N  examples in an episode

/// How many learners do on the tasks of one family, beside its oracle.
package struct Tournament: Codable, Sendable {
  /// The score of one learner.
  package struct Entry: Codable, Sendable {
    package let learner: String
    /// Over episodes and context lengths.
    package let mean: Double
    /// By how much the oracle is better, on the same episodes; negative if it is worse.
    package let lead: Double
    /// The standard error of the lead.
    package let standardError: Double
  }

  package let metric: EvaluationMetric
  package let oracle: String
  package let episodes: Int
  /// The oracle first, then the others in the order in which they were given.
  package let entries: [Entry]

  /// Lets the learners of a family, and others, predict the same episodes.
  ///
  /// - Parameters:
  ///   - family: draws episode `i` from `key.folded(with: i)`.
  ///   - others: learners beside those of the family; of two with one name the family's counts.
  ///   - episodeCount: `E`, at least 2.
  /// - Throws: ``EvaluationError`` if a prediction is not finite; what a learner throws.
  package init(
    _ family: any TaskFamily, others: [any InContextLearner], episodeCount: Int, key: RandomKey
  ) throws {
    precondition(episodeCount > 1, "A standard error takes two episodes.")
    let own = family.learners
    let learners = own + others.filter { other in !own.contains { $0.name == other.name } }
    let drawn = family.episodes(episodeCount, key: key)
    let rule = ScoringRule(family.episodeShape)
    let divisor = rule.divisor(
      targetSquares: rule.targetSquares(of: drawn), episodeCount: episodeCount)
    let scores = try learners.map { learner in
      let scores = try rule.scores(
        of: try learner.predictions(for: drawn), by: learner.name, on: drawn, from: 0)
      return Self.episodeMeans(of: scores, rule, divisor: divisor)
    }
    let first = own.count - 1
    let metric = rule.metrics[0]
    entries = ([first] + learners.indices.filter { $0 != first }).map { index in
      Self.entry(learners[index].name, scores[index], oracle: scores[first], metric)
    }
    self.metric = metric
    oracle = own[first].name
    episodes = episodeCount
  }

  /// The means of the first metric over context lengths, `[E]`.
  ///
  /// - Parameter scores: `[E, M, N]`
  private static func episodeMeans(
    of scores: [Double], _ rule: ScoringRule, divisor: Double
  ) -> [Double] {
    let count = rule.shape.exampleCount
    let starts = stride(from: 0, to: scores.count, by: rule.metrics.count * count)
    return starts.map { start in
      let sum: Double = scores[start..<start + count].reduce(0, +)
      return sum / Double(count) / divisor
    }
  }

  private static func entry(
    _ name: String, _ scores: [Double], oracle: [Double], _ metric: EvaluationMetric
  ) -> Entry {
    let sign = metric == .accuracy ? 1.0 : -1.0
    let leads = zip(oracle, scores).map { sign * ($0 - $1) }
    let count = Double(leads.count)
    let lead = leads.reduce(0, +) / count
    let variance = leads.reduce(0) { $0 + ($1 - lead) * ($1 - lead) } / (count - 1)
    return Entry(
      learner: name, mean: scores.reduce(0, +) / count, lead: lead,
      standardError: (variance / count).squareRoot())
  }
}

extension Tournament {
  /// The general learners that suit episodes of a shape, but for networks, which take a minute for
  /// what the others do in a second.
  package static func challengers(for shape: EpisodeShape) -> [any InContextLearner] {
    switch shape.target {
    case .real:
      [
        ZeroPredictor(), MeanTarget(), Averaging(), NearestNeighbors(3), LeastSquares(),
        RidgeRegression(penalty: 0.1), Lasso(penalty: 0.01),
        GaussianProcessRegression(
          kernel: .squaredExponential(
            lengthScale: Double(shape.inputDimension).squareRoot(), amplitude: 1),
          noiseVariance: 0.01),
        DecisionTreeLearner(maximumDepth: nil), GradientBoostedTrees(),
      ]
    case .classes:
      [
        MajorityClass(), NearestNeighbors(1), NearestNeighbors(3), NearestCentroid(),
        LogisticRegression(), OnlineGradientDescent(learningRate: 0.1),
        DecisionTreeLearner(maximumDepth: nil), GradientBoostedTrees(),
      ]
    case .tokens:
      [NGramPosterior(order: 1), NGramPosterior(order: 2), NGramPosterior(order: 3)]
    }
  }
}
