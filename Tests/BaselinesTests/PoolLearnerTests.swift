import Baselines
import Episodes
import Foundation
import RandomKeys
import TestSupport
import Testing

@Suite("Optimal learner of a pool of tasks")
struct PoolLearnerTests {
  /// A row of the table of errors against the noise-free target over D, and how to sample it.
  struct Row: Sendable, CustomTestStringConvertible {
    let taskCount: Int
    let pooled, new, pooledDifference, newDifference: Double
    /// How much of a published value its pool, or its rounding, may be off.
    let share: Double
    let poolCount, episodeCount: Int

    var testDescription: String { "\(taskCount) tasks" }
  }

  static let rows = [
    Row(
      taskCount: 1, pooled: 0, new: 1.90, pooledDifference: 0.31, newDifference: 1.55, share: 0.15,
      poolCount: 200, episodeCount: 40),
    Row(
      taskCount: 4, pooled: 0.06, new: 1.35, pooledDifference: 0.26, newDifference: 1.00,
      share: 0.15, poolCount: 200, episodeCount: 40),
    Row(
      taskCount: 16, pooled: 0.12, new: 1.19, pooledDifference: 0.27, newDifference: 0.85,
      share: 0.15, poolCount: 200, episodeCount: 40),
    Row(
      taskCount: 64, pooled: 0.157, new: 0.90, pooledDifference: 0.198, newDifference: 0.55,
      share: 0.15, poolCount: 60, episodeCount: 64),
    Row(
      taskCount: 256, pooled: 0.188, new: 0.73, pooledDifference: 0.153, newDifference: 0.38,
      share: 0.05, poolCount: 40, episodeCount: 64),
    Row(
      taskCount: 1024, pooled: 0.223, new: 0.61, pooledDifference: 0.117, newDifference: 0.26,
      share: 0.02, poolCount: 20, episodeCount: 128),
    Row(
      taskCount: 4096, pooled: 0.250, new: 0.53, pooledDifference: 0.087, newDifference: 0.18,
      share: 0.02, poolCount: 4, episodeCount: 256),
    Row(
      taskCount: 16384, pooled: 0.289, new: 0.47, pooledDifference: 0.070, newDifference: 0.11,
      share: 0.02, poolCount: 2, episodeCount: 256),
  ]

  @Test("The errors are those that were computed before", arguments: rows)
  func table(_ row: Row) throws {
    var errors = [[Double]](repeating: [], count: 4)
    for pool in 0..<row.poolCount {
      let setting = PoolRegression(taskCount: row.taskCount, seed: pool)
      for (place, isPooled) in [true, false].enumerated() {
        let (noisy, clean) = setting.episodes(row.episodeCount, isPooled: isPooled)
        let predictions = try setting.learner.predictions(for: noisy)
        let ridge = try RidgeRegression(penalty: 0.25).predictions(for: noisy)
        errors[place] += PoolRegression.errors(predictions, clean.flatMap(\.targets))
        errors[place + 2] += PoolRegression.errors(predictions, ridge)
      }
    }
    let expected = [row.pooled, row.new, row.pooledDifference, row.newDifference]
    for (numbers, value) in zip(errors, expected) {
      let sample = Sample(numbers)
      // Values were rounded to half a hundredth at most, from pools of their own.
      #expect(abs(sample.mean - value) < 3 * sample.standardError + row.share * value + 0.005)
    }
  }

  @Test("Ridge regression has the errors of the optimal learner of all tasks, without their noise")
  func ridge() throws {
    let expected = [
      1.00, 0.88, 0.76, 0.66, 0.54, 0.43, 0.34, 0.26, 0.18, 0.14, 0.10, 0.081, 0.063, 0.052,
      0.043, 0.038,
    ]
    let (noisy, clean) = PoolRegression(taskCount: 1).episodes(10_000, isPooled: false)
    let predictions = try RidgeRegression(penalty: 0.25).predictions(for: noisy)
    let targets = clean.flatMap(\.targets)
    let mean = Sample(PoolRegression.errors(predictions, targets))
    #expect(abs(mean.mean - 0.348) < 3 * mean.standardError + 0.0005)
    for (k, error) in expected.enumerated() {
      let sample = Sample(
        noisy.indices.map { index in
          let difference = Double(predictions[index * 16 + k] - targets[index * 16 + k])
          return difference * difference / 8
        })
      // Values were rounded to two digits, from a simulation of their own.
      #expect(abs(sample.mean - error) < 3 * sample.standardError + 0.01)
    }
  }

  /// The learner by its formula.
  func expected(
    _ weights: [Float], _ episode: Episode, variance: Double
  ) -> (predictions: [Double], logLikelihoods: [Double]) {
    let dimension = episode.shape.inputDimension
    var likelihoods = [Double](repeating: 1, count: weights.count / dimension)
    var (predictions, logLikelihoods): ([Double], [Double]) = ([], [])
    for example in 0..<episode.shape.exampleCount {
      let targets = likelihoods.indices.map { task in
        (0..<dimension).reduce(0.0) {
          $0 + Double(weights[task * dimension + $1])
            * Double(episode.inputs[example * dimension + $1])
        }
      }
      let before = likelihoods.reduce(0, +)
      predictions.append(zip(likelihoods, targets).reduce(0) { $0 + $1.0 * $1.1 } / before)
      for task in likelihoods.indices {
        let error = Double(episode.targets[example]) - targets[task]
        likelihoods[task] *=
          exp(-error * error / (2 * variance)) / (2 * .pi * variance).squareRoot()
      }
      logLikelihoods.append(log(likelihoods.reduce(0, +) / before))
    }
    return (predictions, logLikelihoods)
  }

  @Test("Pools of every size follow the formula", arguments: [1, 7, 8, 9, 255, 256, 257, 1000])
  func formula(_ taskCount: Int) throws {
    let weights = RandomKey(seed: 16).normals(taskCount * 3)
    for episode in SampledRegression(dimension: 3, exampleCount: 6, noise: 1).episodes(5) {
      let linear = try DiscreteMinimumMeanSquaredError(
        weights: weights, dimension: 3, noiseVariance: 0.8
      ).scoredPredictions(for: [episode])
      let arbitrary = try DiscreteMinimumMeanSquaredError(
        taskCount: taskCount, noiseVariance: 0.8
      ) { task, inputs in
        (0..<inputs.count / 3).map { example in
          (0..<3).reduce(0) { $0 + weights[task * 3 + $1] * inputs[example * 3 + $1] }
        }
      }.scoredPredictions(for: [episode])
      let expected = expected(weights, episode, variance: 0.8)
      for k in 0..<6 {
        // Single-precision rounding, of targets within the second.
        #expect(abs(Double(linear.predictions[k]) - expected.predictions[k]) < 1e-6)
        #expect(abs(linear.logLikelihoods[k] - expected.logLikelihoods[k]) < 1e-9)
        #expect(abs(Double(arbitrary.predictions[k]) - expected.predictions[k]) < 1e-5)
        #expect(abs(arbitrary.logLikelihoods[k] - expected.logLikelihoods[k]) < 1e-5)
      }
    }
  }

  @Test("Without noise the tasks that fit are averaged, and the nearest where none fits")
  func exact() throws {
    let episode = Episode(inputs: [1, 0, 0, 1, 1, 1, 0, 1], targets: [1, 3, 9, 0], of: .real)
    let scores = try DiscreteMinimumMeanSquaredError(
      weights: [1, 0, 1, 3, 2, 5, 1, 3], dimension: 2, noiseVariance: 0
    ).scoredPredictions(for: [episode])
    // All; without (2, 5); (1, 3) twice. After 9, the squared errors are 8² + 3², 5², 1 + 2² + 2².
    #expect(scores.predictions == [1.25, 2, 4, 5])
    #expect(abs(scores.logLikelihoods[0] - log(0.75)) < 1e-12)  // double-precision rounding
    #expect(abs(scores.logLikelihoods[1] - log(2.0 / 3)) < 1e-12)
    #expect(scores.logLikelihoods[2] == -.infinity)
  }

  @Test("Without noise a task of a large pool is found by its first examples")
  func exactPool() throws {
    let setting = PoolRegression(taskCount: 1000)
    let (_, clean) = setting.episodes(200, isPooled: true)
    let learner = DiscreteMinimumMeanSquaredError(
      weights: setting.weights, dimension: 8, noiseVariance: 0)
    let scores = try learner.scoredPredictions(for: clean)
    for index in clean.indices {
      for k in 2..<16 {
        let error = scores.predictions[index * 16 + k] - clean[index].targets[k]
        #expect(abs(error) < 1e-5)  // rounding of targets of some eight terms
        #expect(scores.logLikelihoods[index * 16 + k] == 0)
      }
      #expect(abs(scores.logLikelihoods[index * 16] + log(1000)) < 1e-9)
    }
  }
}
