import Baselines
import Episodes
import RandomKeys
import Testing

@Suite("Predictions come from earlier examples")
struct CausalityTests {
  static let regression: [any InContextLearner] = [
    ZeroPredictor(), Averaging(), LeastSquares(), RidgeRegression(penalty: 0.3),
    NearestNeighbors(3), MeanTarget(), Lasso(penalty: 0.01),
    GradientDescent(stepCount: 3, learningRate: 0.3),
    GradientDescentPlusPlus(stepCount: 3, learningRate: 0.3, gamma: 0.01),
    OnlineGradientDescent(learningRate: 0.1), linear, smooth,
    GaussianProcessRegression(kernel: .linear(variance: 1), noiseVariance: 0),
    GaussianProcessRegression(kernel: .squares(variance: 0.5), noiseVariance: 0.1),
    GaussianProcessRegression(kernel: .rectifiedLinear(variance: 1), noiseVariance: 0.1), pool,
    DiscreteMinimumMeanSquaredError(
      weights: RandomKey(seed: 12).normals(900), dimension: 3, noiseVariance: 0),
    PosteriorBlend(members: [(1, linear), (2, smooth), (3, pool)]),
  ]

  static let linear = BayesianLinearRegression(priorVariance: 1, noiseVariance: 0.1)
  static let smooth = GaussianProcessRegression(
    kernel: .squaredExponential(lengthScale: 2, amplitude: 1), noiseVariance: 0.1)
  static let pool = DiscreteMinimumMeanSquaredError(
    weights: RandomKey(seed: 12).normals(900), dimension: 3, noiseVariance: 0.1)

  static let classification: [any InContextLearner] = [
    ZeroPredictor(), MajorityClass(), NearestNeighbors(3), NearestCentroid(),
    LogisticRegression(),
    BayesianDiscriminant(
      latentDimension: 4, variance: 1, covariance: 0.1, spread: 0.5, minimumClassCount: 2),
    OnlineGradientDescent(learningRate: 0.5),
    PosteriorBlend(members: [(1, NearestCentroid()), (1, MajorityClass())]),
  ]

  static let regressionEpisodes = SampledRegression(dimension: 3, exampleCount: 8).episodes(70)

  /// Random inputs with random labels of four classes.
  static let classificationEpisodes = (0..<70).map { index in
    let key = RandomKey(seed: 2).folded(with: index)
    return Episode(
      inputs: key.folded(with: 0).normals(24),
      targets: key.folded(with: 1).integers(8, below: 4).map { Float($0) }, of: .classes(4))
  }

  /// Every learner with episodes that it can learn.
  static let cases =
    regression.map { ($0, regressionEpisodes) }
    + classification.map { ($0, classificationEpisodes) }

  @Test("What comes later changes nothing, and every score is finite", arguments: cases.indices)
  func causality(_ index: Int) throws {
    let (learner, episodes) = Self.cases[index]
    let episode = episodes[0]
    let width = episode.shape.target.width
    let predictions = try learner.predictions(for: [episode])
    #expect(predictions.count == 8 * width && predictions.allSatisfy(\.isFinite))
    for k in 0..<8 {
      var changed = episode
      for example in k..<8 { changed.targets[example] = example % 2 == 0 ? 1 : 0 }
      for i in (k + 1) * 3..<24 { changed.inputs[i] += 1 }
      let after = try learner.predictions(for: [changed])
      #expect(after.prefix((k + 1) * width) == predictions.prefix((k + 1) * width))
      if let learner = learner as? any ProbabilisticLearner {
        let scores = try [episode, changed].map { try learner.scoredPredictions(for: [$0]) }
        #expect(scores.map(\.predictions) == [predictions, after])
        #expect(scores[0].logLikelihoods.prefix(k) == scores[1].logLikelihoods.prefix(k))
      }
    }
  }

  @Test("Many episodes are predicted as each alone, in their order", arguments: cases.indices)
  func concurrency(_ index: Int) throws {
    let (learner, episodes) = Self.cases[index]
    let together = try learner.predictions(for: episodes)
    let alone = try episodes.flatMap { try learner.predictions(for: [$0]) }
    #expect(together == alone)
    if let learner = learner as? any ProbabilisticLearner {
      let together = try learner.scoredPredictions(for: episodes).logLikelihoods
      let alone = try episodes.flatMap { try learner.scoredPredictions(for: [$0]).logLikelihoods }
      #expect(together == alone && together.count == 70 * 8)
    }
    #expect(try learner.predictions(for: []).isEmpty)
  }

  @Test("An input that is not a number makes every later prediction one that is none")
  func notANumber() throws {
    var episode = Self.regressionEpisodes[0]
    episode.inputs[4] = .nan
    let learners: [any InContextLearner] = [
      LeastSquares(), RidgeRegression(penalty: 1), Self.linear, Self.smooth, Self.pool,
      PosteriorBlend(members: [(1, Self.linear), (1, Self.pool)]),
      GradientDescent(stepCount: 2, learningRate: 0.1),
    ]
    for learner in learners {
      let predictions = try learner.predictions(for: [episode])
      #expect(predictions[0].isFinite && predictions.dropFirst().allSatisfy(\.isNaN))
    }
  }
}
