import Baselines
import Episodes
import Foundation
import RandomKeys
import Testing

@Suite("Blend of learners by their posterior")
struct PosteriorBlendTests {
  static let episodes = SampledRegression(dimension: 3, exampleCount: 8, noise: 0.5).episodes(40)

  @Test("A blend of pools of one task is the pool of these tasks")
  func pool() throws {
    let weights = RandomKey(seed: 13).normals(15)
    let whole = try DiscreteMinimumMeanSquaredError(
      weights: weights, dimension: 3, noiseVariance: 0.25
    ).scoredPredictions(for: Self.episodes)
    let blend = try PosteriorBlend(
      members: (0..<5).map { task in
        let own = Array(weights[task * 3..<(task + 1) * 3])
        return (
          2, DiscreteMinimumMeanSquaredError(weights: own, dimension: 3, noiseVariance: 0.25)
        )
      }
    ).scoredPredictions(for: Self.episodes)
    for place in 0..<40 * 8 {
      // Single-precision rounding of the members' predictions.
      #expect(abs(blend.predictions[place] - whole.predictions[place]) < 2e-6)
      #expect(abs(blend.logLikelihoods[place] - whole.logLikelihoods[place]) < 1e-9)
    }
  }

  @Test("Probabilities of classes are averaged with weights that follow the likelihoods")
  func classes() throws {
    let episodes = CausalityTests.classificationEpisodes
    let members: [any ProbabilisticLearner] = [NearestCentroid(), MajorityClass()]
    let scores = try members.map { try $0.scoredPredictions(for: episodes) }
    let blend = try PosteriorBlend(members: [(1, members[0]), (3, members[1])])
      .scoredPredictions(for: episodes)
    for index in episodes.indices {
      var weights = [1.0, 3.0]
      for place in index * 8..<index * 8 + 8 {
        let label = Int(episodes[index].targets[place % 8])
        let probabilities = scores.map { score in
          let own = score.predictions[place * 4..<place * 4 + 4].map { exp(Double($0)) }
          return own.map { $0 / own.reduce(0, +) }
        }
        let total = weights.reduce(0, +)
        for other in 0..<4 {
          let expected = (0..<2).reduce(0) { $0 + weights[$1] / total * probabilities[$1][other] }
          // Single-precision rounding of logarithms of up to some tens.
          #expect(abs(exp(Double(blend.predictions[place * 4 + other])) - expected) < 1e-5)
        }
        let likelihood = (0..<2).reduce(0) { $0 + weights[$1] / total * probabilities[$1][label] }
        #expect(abs(blend.logLikelihoods[place] - log(likelihood)) < 1e-9)
        for member in 0..<2 { weights[member] *= probabilities[member][label] }
      }
    }
  }

  @Test("On a mixture of families a blend of their optimal learners beats each of them")
  func mixture() throws {
    // Half of the tasks have weights of variance 1, half a constant function.
    let pairs = SampledRegression(dimension: 3, exampleCount: 8, noise: 0.1).episodes(1000)
    let episodes = pairs.enumerated().map { index, episode in
      guard index % 2 == 0 else { return episode }
      var episode = episode
      episode.targets = RandomKey(seed: 14).folded(with: index).normals(
        8, standardDeviation: 0.1)
      return episode
    }
    let members: [any ProbabilisticLearner] = [
      BayesianLinearRegression(noiseVariance: 0.01),
      DiscreteMinimumMeanSquaredError(
        weights: [0, 0, 0], dimension: 3, noiseVariance: 0.01),
    ]
    let blend = PosteriorBlend(members: members.map { (1, $0) })
    func figures(_ learner: any ProbabilisticLearner) throws -> (error: Double, loss: Double) {
      let scores = try learner.scoredPredictions(for: episodes)
      let errors = zip(scores.predictions, episodes.flatMap(\.targets)).map {
        Double(($0 - $1) * ($0 - $1))
      }
      return (errors.reduce(0, +), -scores.logLikelihoods.reduce(0, +))
    }
    let own = try figures(blend)
    for member in members {
      let other = try figures(member)
      #expect(own.error < other.error && own.loss < other.loss)
    }
  }

  @Test("A target that is impossible to all members leaves their weights as they were")
  func impossible() throws {
    let episode = Episode(inputs: [1, 1, 1], targets: [2, 9, 2], of: .real)
    let members = ([1, 2, 2] as [Float]).map {
      DiscreteMinimumMeanSquaredError(weights: [$0], dimension: 1, noiseVariance: 0)
    }
    let blend = try PosteriorBlend(members: members.map { (1, $0) })
      .scoredPredictions(for: [episode])
    #expect(abs(blend.predictions[0] - 5.0 / 3) < 1e-6)  // single-precision rounding
    #expect(blend.predictions.dropFirst() == [2, 2])
    #expect(abs(blend.logLikelihoods[0] - log(2.0 / 3)) < 1e-12)  // double-precision rounding
    #expect(blend.logLikelihoods[1] == -.infinity)
  }
}
