import Baselines
import Episodes
import Testing

@Suite("Learners on features")
struct FeatureLearnerTests {
  let episodes = SampledRegression(dimension: 3, exampleCount: 9, noise: 0.5).episodes(20)

  @Test("Features that are the inputs change nothing")
  func identity() throws {
    let plain = BayesianLinearRegression(noiseVariance: 0.25)
    let learner = FeatureLearner(plain, on: "Inputs") { $0 }
    #expect(try learner.predictions(for: episodes) == plain.predictions(for: episodes))
    let scored = try learner.scoredPredictions(for: episodes)
    #expect(try scored.logLikelihoods == plain.scoredPredictions(for: episodes).logLikelihoods)
    #expect(learner.name == "bayesianLinearRegressionOnInputs")
  }

  @Test("Two features of three numbers are what the learner sees")
  func fewer() throws {
    let learner = FeatureLearner(LeastSquares(), on: "Sums") { inputs in
      var features: [Float] = []
      for place in stride(from: 0, to: inputs.count, by: 3) {
        features.append(inputs[place] + inputs[place + 1])
        features.append(2 * inputs[place + 2])
      }
      return features
    }
    // Weights of inputs are then the same for the first two.
    var changed = episodes
    for index in changed.indices {
      for example in 0..<9 {
        let place = 3 * example
        let inputs = changed[index].inputs
        changed[index].targets[example] = 3 * (inputs[place] + inputs[place + 1])
        changed[index].targets[example] -= inputs[place + 2]
      }
    }
    let predictions = try learner.predictions(for: changed)
    for (index, episode) in changed.enumerated() {
      for example in 3..<9 {
        // Rounding of targets through condition numbers of some hundreds.
        #expect(abs(predictions[index * 9 + example] - episode.targets[example]) < 1e-3)
      }
    }
  }
}
