import Baselines
import Episodes
import Foundation
import RandomKeys
import TestSupport
import Testing

@Suite("Learners with normal predictive distributions")
struct GaussianLearnerTests {
  static let episodes = SampledRegression(dimension: 4, exampleCount: 12, noise: 0.5).episodes(20)

  /// Kernels with their covariances as the textbook writes them.
  static let kernels: [(CovarianceKernel, @Sendable ([Double], [Double]) -> Double)] = [
    (.linear(variance: 1.5), { x, y in 1.5 * zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }),
    (
      .squares(variance: 0.4),
      { x, y in 0.4 * zip(x, y).reduce(0) { $0 + $1.0 * $1.0 * $1.1 * $1.1 } }
    ),
    (
      .squaredExponential(lengthScale: 1.5, amplitude: 2),
      { x, y in 4 * exp(-zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / 4.5) }
    ),
  ]

  func inputs(_ episode: Episode) -> [[Double]] {
    (0..<episode.shape.exampleCount).map { example in
      (0..<4).map { Double(episode.inputs[example * 4 + $0]) }
    }
  }

  @Test("Every prefix is solved as by elimination", arguments: kernels.indices)
  func everyPrefix(_ index: Int) throws {
    let (kernel, covariance) = Self.kernels[index]
    let learner = GaussianProcessRegression(kernel: kernel, noiseVariance: 0.25)
    for episode in Self.episodes {
      let inputs = inputs(episode)
      let distributions = learner.predictiveDistributions(of: episode)
      for k in 0..<12 {
        let context = inputs.prefix(k)
        var matrix = context.map { x in context.map { covariance(x, $0) } }
        for i in 0..<k { matrix[i][i] += 0.25 }
        let row = context.map { covariance($0, inputs[k]) }
        let solution = LinearSystem(matrix, row).solution
        let mean = zip(solution, episode.targets).reduce(0) { $0 + $1.0 * Double($1.1) }
        let variance =
          covariance(inputs[k], inputs[k]) + 0.25
          - zip(solution, row).reduce(0) { $0 + $1.0 * $1.1 }
        // The jitter, 1e-10 of variances up to a thousand, against noise of a quarter.
        #expect(abs(distributions[k].mean - mean) < 1e-6)
        #expect(abs(distributions[k].variance - variance) < 1e-6)
      }
    }
  }

  @Test("Likelihoods multiply to the joint normal density", arguments: kernels.indices)
  func jointDensity(_ index: Int) throws {
    let (kernel, covariance) = Self.kernels[index]
    let learner = GaussianProcessRegression(kernel: kernel, noiseVariance: 0.25)
    for episode in Self.episodes {
      let inputs = inputs(episode)
      var matrix = inputs.map { x in inputs.map { covariance(x, $0) } }
      for i in 0..<12 { matrix[i][i] += 0.25 }
      let targets = episode.targets.map { Double($0) }
      let system = LinearSystem(matrix, targets)
      let square = zip(system.solution, targets).reduce(0) { $0 + $1.0 * $1.1 }
      let expected = -0.5 * (square + system.logarithmOfDeterminant + 12 * log(2 * .pi))
      let scores = try learner.scoredPredictions(for: [episode])
      // As above, in twelve terms.
      #expect(abs(scores.logLikelihoods.reduce(0, +) - expected) < 1e-5)
    }
  }

  @Test("A process with a linear kernel is Bayesian linear regression", arguments: [0.01, 0.5, 4])
  func linearKernel(_ noise: Double) throws {
    let process = GaussianProcessRegression(
      kernel: .linear(variance: 2), noiseVariance: noise)
    let regression = BayesianLinearRegression(priorVariance: 2, noiseVariance: noise)
    for episode in Self.episodes {
      let first = process.predictiveDistributions(of: episode)
      let second = regression.predictiveDistributions(of: episode)
      for k in 0..<12 {
        // The jitter, 1e-10 of variances of some ten, against the noise.
        #expect(abs(first[k].mean - second[k].mean) < 1e-6)
        #expect(abs(first[k].variance - second[k].variance) < 1e-6 * second[k].variance)
      }
    }
  }

  @Test("The mean of Bayesian linear regression is ridge regression")
  func ridge() throws {
    let regression = BayesianLinearRegression(priorVariance: 2, noiseVariance: 0.5)
    let predictions = try regression.predictions(for: Self.episodes)
    #expect(predictions == (try RidgeRegression(penalty: 0.25).predictions(for: Self.episodes)))
    let scores = try regression.scoredPredictions(for: Self.episodes)
    #expect(scores.predictions == predictions)
  }

  @Test("Distributions are calibrated on the tasks that they are of")
  func calibration() throws {
    let episodes = SampledRegression(dimension: 4, exampleCount: 12, noise: 0.5).episodes(2000)
    let learner = BayesianLinearRegression(noiseVariance: 0.25)
    for k in [0, 3, 11] {
      let squares = episodes.map { episode in
        let distribution = learner.predictiveDistributions(of: episode)[k]
        let deviation = Double(episode.targets[k]) - distribution.mean
        return deviation * deviation / distribution.variance
      }
      let sample = Sample(squares)
      #expect(abs(sample.mean - 1) < 4 * sample.standardError)
    }
  }

  @Test("The kernel of wide rectified networks is the mean over directions of their units")
  func rectifiedLinear() throws {
    var episode = Episode(shape: EpisodeShape(exampleCount: 2, inputDimension: 2, target: .real))
    let learner = GaussianProcessRegression(
      kernel: .rectifiedLinear(variance: 3), noiseVariance: 0)
    let inputs: [[Float]] = [[1, 0, 1, 0], [1, 2, -2, 0.5], [1, 2, 2, -1], [1, 1, -2, -2]]
    for numbers in inputs {
      episode.inputs = numbers
      episode.targets = [1, 0]
      let distributions = learner.predictiveDistributions(of: episode)
      // E over w of 2 v relu(w · x) relu(w · x'), where |w|² has mean 2.
      func covariance(_ first: Int, _ second: Int) -> Double {
        let count = 20_000
        let sum = (0..<count).reduce(0.0) { sum, step in
          let angle = 2 * Double.pi * Double(step) / Double(count)
          let activations = [first, second].map {
            max(0, cos(angle) * Double(numbers[2 * $0]) + sin(angle) * Double(numbers[2 * $0 + 1]))
          }
          return sum + activations[0] * activations[1]
        }
        return 2 * 3 * 2 * sum / Double(count)
      }
      // Quadrature with 20 000 points across kinks.
      #expect(abs(distributions[0].variance - covariance(0, 0)) < 1e-5)
      #expect(abs(distributions[1].mean - covariance(0, 1) / covariance(0, 0)) < 1e-5)
    }
  }

  @Test("Without noise a smooth process passes through its examples, also through repeated ones")
  func interpolation() throws {
    var episode = Episode(shape: EpisodeShape(exampleCount: 60, inputDimension: 1, target: .real))
    episode.inputs = RandomKey(seed: 7).uniforms(60, in: -2..<2)
    episode.inputs.replaceSubrange(40..<50, with: episode.inputs[0..<10])
    episode.targets = episode.inputs.map { sin(2 * $0) }
    let learner = GaussianProcessRegression(
      kernel: .squaredExponential(lengthScale: 1, amplitude: 1), noiseVariance: 0)
    let distributions = learner.predictiveDistributions(of: episode)
    for k in 40..<60 {
      // The kernel's eigenvalues fall below the jitter after some fifteen; its root is 1e-5.
      #expect(abs(distributions[k].mean - Double(episode.targets[k])) < 1e-4)
      #expect(distributions[k].variance > 0 && distributions[k].variance < 1e-6)
    }
  }

  @Test("Later examples leave long episodes unchanged to the last bit", arguments: [33, 100, 300])
  func causality(_ count: Int) throws {
    let episode = SampledRegression(dimension: 4, exampleCount: count).episodes(1)[0]
    let learner = GaussianProcessRegression(
      kernel: .squaredExponential(lengthScale: 2, amplitude: 1), noiseVariance: 1e-3)
    let distributions = learner.predictiveDistributions(of: episode)
    for k in [0, 1, 7, 31, count / 2, count - 2] {
      for value in [Float.nan, 0, 3] {
        var changed = episode
        for example in k..<count { changed.targets[example] = value }
        for i in (k + 1) * 4..<count * 4 { changed.inputs[i] = value }
        let after = learner.predictiveDistributions(of: changed)
        #expect(after.prefix(k + 1) == distributions.prefix(k + 1))
        #expect(value.isFinite || after.dropFirst(k + 1).allSatisfy(\.mean.isNaN))
      }
    }
  }
}
