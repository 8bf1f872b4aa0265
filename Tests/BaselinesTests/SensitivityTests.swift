import Baselines
import Episodes
import RandomKeys
import Testing

@Suite("Sensitivities to the query")
struct SensitivityTests {
  static let episodes = SampledRegression(dimension: 3, exampleCount: 8, noise: 0.4).episodes(12)

  static let linear: [any QueryDifferentiable] = [
    ZeroPredictor(), MeanTarget(), Averaging(), LeastSquares(), RidgeRegression(penalty: 0.3),
    BayesianLinearRegression(noiseVariance: 0.5), Lasso(penalty: 0.05),
    OnlineGradientDescent(learningRate: 0.2), GradientDescent(stepCount: 3, learningRate: 0.3),
    GradientDescent(stepCount: 2, learningRate: 0.05, loss: .sum),
    GradientDescentPlusPlus(stepCount: 3, learningRate: 0.3, gamma: 0.02),
    GradientDescentPlusPlus(stepCount: 2, learningRate: 0.05, gamma: 0.02, loss: .sum),
    DiscreteMinimumMeanSquaredError(
      weights: RandomKey(seed: 5).normals(12), dimension: 3, noiseVariance: 0.5),
  ]

  @Test("The weights of a linear learner predict any query", arguments: linear.indices)
  func weights(_ index: Int) throws {
    let learner = Self.linear[index]
    #expect(learner.isAffineInQuery)
    for example in [0, 2, 7] {
      let weights = try learner.sensitivities(of: example, in: Self.episodes)
      #expect(weights.count == Self.episodes.count * 3)
      let queries: [[Float]] = [[0, 0, 0], [2, -1, 0.5]]
      let predictions = try queries.map { query in
        try learner.predictions(
          for: Self.episodes.map { $0.replacingInput(of: example, by: query) })
      }
      for episode in Self.episodes.indices {
        let values = predictions.map { Double($0[episode * 8 + example]) }
        let product = (0..<3).reduce(0) { $0 + weights[episode * 3 + $1] * Double(queries[1][$1]) }
        // Single-precision rounding of predictions of order ten.
        #expect(abs(values[0] + product - values[1]) < 1e-5)
      }
    }
  }

  @Test("A linear Gaussian process has the weights of ridge regression")
  func gaussianProcess() throws {
    let process = GaussianProcessRegression(kernel: .linear(variance: 2), noiseVariance: 0.6)
    let slopes = try process.sensitivities(of: 5, in: Self.episodes)
    let weights = try RidgeRegression(penalty: 0.3).sensitivities(of: 5, in: Self.episodes)
    // The noise has 10⁻¹⁰ of the variance added, and steps of 10⁻³ lose six of sixteen digits.
    #expect(zip(slopes, weights).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test("A curved function has the slope at the query")
  func curved() throws {
    let process = GaussianProcessRegression(
      kernel: .squaredExponential(lengthScale: 2, amplitude: 1), noiseVariance: 0.1)
    let slopes = try process.sensitivities(of: 6, in: Self.episodes)
    let step: Float = 0x1p-6
    for (index, episode) in Self.episodes.enumerated() {
      let input = Array(episode.input(of: 6))
      for axis in 0..<3 {
        let values = try [step, -step].map { step in
          var query = input
          query[axis] += step
          return try process.predictions(for: [episode.replacingInput(of: 6, by: query)])[6]
        }
        // Single precision over a step of 2⁻⁵.
        let slope = Double(values[0] - values[1]) / Double(2 * step)
        #expect(abs(slope - slopes[index * 3 + axis]) < 1e-4)
      }
    }
  }

  @Test("On features the chain rule holds")
  func features() throws {
    let squares = FeatureLearner(RidgeRegression(penalty: 0.2), on: "Squares") { inputs in
      inputs.map { $0 * $0 }
    }
    let slopes = try squares.sensitivities(of: 4, in: Self.episodes)
    let images = Self.episodes.map { episode in
      Episode(inputs: episode.inputs.map { $0 * $0 }, targets: episode.targets, of: .real)
    }
    let weights = try RidgeRegression(penalty: 0.2).sensitivities(of: 4, in: images)
    for (index, episode) in Self.episodes.enumerated() {
      for (axis, number) in episode.input(of: 4).enumerated() {
        // Squares in single precision over a step of 2⁻⁶ of the input.
        let expected = 2 * Double(number) * weights[index * 3 + axis]
        #expect(abs(slopes[index * 3 + axis] - expected) < 1e-4)
      }
    }
  }

  @Test("A pool of curved functions has their mean slope")
  func pool() throws {
    // Two tasks, x² and -x³; the first example tells them apart.
    let learner = DiscreteMinimumMeanSquaredError(taskCount: 2, noiseVariance: 1e-4) {
      task, inputs in
      inputs.map { task == 0 ? $0 * $0 : -$0 * $0 * $0 }
    }
    let episode = Episode(inputs: [1, 0.5], targets: [1, 0], of: .real)
    #expect(!learner.isAffineInQuery)
    let slopes = try learner.sensitivities(of: 1, in: [episode])
    // Single precision over a step of 2⁻⁵.
    #expect(abs(slopes[0] - 1) < 1e-4)
  }
}
