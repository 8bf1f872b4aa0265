import Baselines
package import Episodes
package import RandomKeys
package import TaskFamilies

/// The best setting of a classical learner among some, found on episodes of their own.
///
/// A model has had thousands of tasks to find its settings; this gives the learners that stand beside
/// it a fair start. What counts is the mean of the metric over all context lengths.
package struct LearnerSearch: Codable, Equatable, Sendable {
  /// A setting that was tried.
  package struct Trial: Codable, Equatable, Sendable {
    /// The setting and its value, such as `penalty 0.1`.
    package let setting: String
    /// The mean over episodes and context lengths.
    package let score: Double
  }

  /// The learner without its setting.
  package let learner: String
  package let metric: EvaluationMetric
  package let trials: [Trial]
  /// The setting of the best of them, the first of several.
  package let best: String
  /// How many episodes each was tried on.
  package let episodes: Int
}

/// A learner with a setting that a search found, which its name tells.
package struct TunedLearner: InContextLearner {
  package let name: String
  private let learner: any InContextLearner

  init(_ learner: any InContextLearner, name: String) {
    self.learner = learner
    self.name = name
  }

  package func predictions(for episodes: [Episode]) throws -> [Float] {
    try learner.predictions(for: episodes)
  }
}

/// A kind of learner and the settings to try.
private struct Candidates {
  let learner: String
  let settings: [(text: String, learner: any InContextLearner)]

  init<Value>(
    _ learner: String, _ setting: String, _ values: [Value],
    _ make: (Value) -> any InContextLearner
  ) {
    self.learner = learner
    settings = values.map { ("\(setting) \($0)", make($0)) }
  }

  /// Those that suit episodes of a shape; none for tokens.
  static func all(for shape: EpisodeShape) -> [Candidates] {
    let penalties = [0.001, 0.01, 0.1, 1, 10, 100]
    // Steps of 1/D move the prediction of an example of unit variance by about the error.
    let rates = [0.1, 0.2, 0.5, 1, 2, 5].map { $0 / Double(shape.inputDimension) }
    let neighbors = Candidates("nearestNeighbors", "k", [1, 2, 3, 5, 7, 10, 15]) {
      NearestNeighbors($0)
    }
    let descent = Candidates("onlineGradientDescent", "rate", rates) {
      OnlineGradientDescent(learningRate: $0)
    }
    return switch shape.target {
    case .classes:
      [
        neighbors, descent,
        Candidates("logisticRegression", "penalty", penalties) { LogisticRegression(penalty: $0) },
      ]
    case .real:
      [
        neighbors, descent,
        Candidates("ridge", "penalty", penalties) { RidgeRegression(penalty: $0) },
      ]
    case .tokens: []
    }
  }
}

extension LearnerSearch {
  /// Finds the best settings of k-nearest neighbours, of online gradient descent, and of logistic or
  /// ridge regression.
  ///
  /// - Parameters:
  ///   - family: episode `i` is the one that `key.folded(with: i)` names.
  ///   - episodeCount: of each trial.
  ///   - key: apart from that of episodes on which the learners are measured.
  ///   - report: hears how many trials of how many are done.
  /// - Returns: each search with the learner that it found.
  /// - Throws: ``EvaluationError`` if there are no episodes or a prediction is not finite; what a
  ///   learner throws.
  package static func run(
    on family: any TaskFamily, episodeCount: Int, key: RandomKey,
    report: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> [(search: LearnerSearch, learner: TunedLearner)] {
    let rule = ScoringRule(family.episodeShape)
    let candidates = Candidates.all(for: rule.shape)
    let total = candidates.reduce(0) { $0 + $1.settings.count }
    var done = 0
    return try candidates.map { kind in
      let trials = try kind.settings.map { setting, learner in
        let scores = try rule.scores(of: learner, on: family, episodeCount, key)
        done += 1
        report(done, total)
        return Trial(setting: setting, score: scores.means(width: 1)[0])
      }
      let metric = rule.metrics[0]
      let sign: Double = metric == .accuracy ? 1 : -1
      let best = trials.indices.max { sign * trials[$0].score < sign * trials[$1].score } ?? 0
      let search = LearnerSearch(
        learner: kind.learner, metric: metric, trials: trials, best: trials[best].setting,
        episodes: episodeCount)
      let name = "\(kind.learner) \(trials[best].setting)"
      return (search, TunedLearner(kind.settings[best].learner, name: name))
    }
  }
}
