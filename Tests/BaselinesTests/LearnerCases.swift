import Baselines
import Episodes
import RandomKeys

/// A learner with what it can learn.
struct LearnerCase: Sendable, CustomStringConvertible {
  let learner: any InContextLearner
  let episodes: [Episode]

  var description: String { learner.name }

  /// Trees, networks and posteriors, each with random episodes of eight examples.
  static let all: [LearnerCase] =
    regressors.map { LearnerCase(learner: $0, episodes: regression) }
    + classifiers.map { LearnerCase(learner: $0, episodes: classes(4)) }
    + binaryClassifiers.map { LearnerCase(learner: $0, episodes: classes(2)) }

  private static let regressors: [any InContextLearner] = [
    DecisionTreeLearner(maximumDepth: 2), DecisionTreeLearner(maximumDepth: nil),
    GradientBoostedTrees(rounds: 5), TwoLayerNetwork(width: 5, steps: 3, batchSize: 3),
  ]

  private static let classifiers: [any InContextLearner] = [
    DecisionTreeLearner(maximumDepth: 2), DecisionTreeLearner(maximumDepth: nil),
    GradientBoostedTrees(rounds: 5),
    TwoLayerNetwork(width: 5, steps: 50, batchSize: 3, learningRate: 0.1),
    GaussianMixtureBayes(spread: 1, prior: .gaussian(variance: 0.5)),
    GaussianMixtureBayes(spread: 1, prior: .uniform(limit: 1)),
    KernelClassifier(bandwidth: 0.3),
  ]

  private static let binaryClassifiers: [any InContextLearner] = [
    ClassRegression(Averaging()), BayesianProbit(), JunctionBayes(.conjunction),
    JunctionBayes(.disjunction, forcedShare: 0),
    VersionSpaceLearner.sparseParity(dimension: 3, size: 2, convention: .signs),
    VersionSpaceLearner.parity(dimension: 3, inclusion: 0.3, convention: .bits, errorRate: 0.1),
  ]

  static let regression = SampledRegression(dimension: 3, exampleCount: 8).episodes(40)

  /// Random inputs with random labels.
  static func classes(_ count: Int) -> [Episode] {
    (0..<40).map { index in
      let key = RandomKey(seed: 12).folded(with: index)
      return .classification(
        inputs: key.folded(with: 0).normals(24),
        classes: key.folded(with: 1).integers(8, below: count).map { Int($0) }, of: count)
    }
  }
}

extension Episode {
  /// A classification with given examples.
  static func classification(inputs: [Float], classes: [Int], of count: Int) -> Episode {
    Episode(inputs: inputs, targets: classes.map { Float($0) }, of: .classes(count))
  }

  /// A regression with given examples.
  static func regression(inputs: [Float], targets: [Float]) -> Episode {
    Episode(inputs: inputs, targets: targets, of: .real)
  }
}

extension InContextLearner {
  /// The last prediction of one episode.
  func last(_ episode: Episode) throws -> [Double] {
    try predictions(for: [episode]).suffix(episode.shape.target.width).map { Double($0) }
  }
}
