import Baselines
import Episodes
import RandomKeys
import Testing

@Suite("Regression learners on single episodes")
struct RegressionLearnerTests {
  @Test("Least squares solves a system of whole numbers")
  func leastSquaresIsExact() throws {
    // Whole numbers below 2²⁴ are exact in single precision, so nothing but the solver can err.
    let weights: [Float] = [3, -7, 11, 5]
    var episode = Episode(
      shape: EpisodeShape(exampleCount: 12, inputDimension: 4, target: .real))
    episode.inputs = RandomKey(seed: 4).integers(48, below: 17).map { Float($0 - 8) }
    for example in 0..<12 {
      for i in 0..<4 { episode.targets[example] += weights[i] * episode.inputs[example * 4 + i] }
    }
    let predictions = try LeastSquares().predictions(for: [episode])
    for example in 4..<12 {
      // Rounding in double precision through a condition number below 10⁴.
      #expect(abs(predictions[example] - episode.targets[example]) < 1e-5)
    }
  }

  @Test("Least squares takes the shortest of many solutions, also where inputs repeat")
  func minimumNorm() throws {
    var episode = Episode(
      shape: EpisodeShape(exampleCount: 4, inputDimension: 2, target: .real))
    episode.inputs = [3, 4, 3, 4, 6, 8, 1, 0]
    episode.targets = [10, 10, 20, 0]
    let predictions = try LeastSquares().predictions(for: [episode])
    // w = 10 (3, 4) / 25 after any of the three; the predictions round once.
    #expect(predictions[0] == 0)
    for (prediction, expected) in zip(predictions.dropFirst(), [10, 20, 1.2] as [Float]) {
      #expect(abs(prediction - expected) < 1e-5)
    }
  }

  @Test("Ridge and averaging in one dimension agree with their formulas")
  func formulas() throws {
    let episode = SampledRegression(dimension: 1, exampleCount: 9, noise: 1).episodes(1)[0]
    let ridge = try RidgeRegression(penalty: 0.7).predictions(for: [episode])
    let averaging = try Averaging().predictions(for: [episode])
    for k in 0..<9 {
      let inputs = episode.inputs.prefix(k).map(Double.init)
      let targets = episode.targets.prefix(k).map(Double.init)
      let products = zip(inputs, targets).reduce(0) { $0 + $1.0 * $1.1 }
      let squares = inputs.reduce(0.7) { $0 + $1 * $1 }
      let query = Double(episode.inputs[k])
      // Single-precision rounding of numbers of order one.
      #expect(abs(Double(ridge[k]) - products / squares * query) < 1e-6)
      #expect(abs(Double(averaging[k]) - products / Double(max(1, k)) * query) < 1e-6)
    }
  }

  @Test("Neighbours are the nearest, and all while there are fewer")
  func neighbors() throws {
    var episode = Episode(
      shape: EpisodeShape(exampleCount: 5, inputDimension: 1, target: .real))
    episode.inputs = [0, 10, 1, 2, 1.9]
    episode.targets = [6, 100, 2, 4, 0]
    #expect(try NearestNeighbors(2).predictions(for: [episode]) == [0, 6, 53, 4, 3])
  }
}
