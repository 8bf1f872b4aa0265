import Baselines
import Episodes
import Foundation
import RandomKeys
import TestSupport
import Testing

/// Errors of the query that were computed before, each at the learning rate that is best for it.
@Suite("Gradient descent")
struct GradientDescentTests {
  /// A number of steps with one learning rate, and the error after them.
  struct Row: Sendable, CustomTestStringConvertible {
    let stepCount: Int
    let learningRate: Double
    let error: Double

    var testDescription: String { "\(stepCount) steps" }
  }

  static let uniform = QueryRegression.uniform.episodes(12_000)
  static let normal = QueryRegression.normal.episodes(12_000)

  /// Half the mean squared error for inputs uniform in -½ ... ½, D = N = 10.
  ///
  /// The rate of one step is the closed form `1/(T s²)` with `s² = 1/12`, `T = (10 + 9 + 0.8)/10`;
  /// those of more were found by a scan.
  static let uniformRows = [
    Row(stepCount: 0, learningRate: 1, error: 0.4167),
    Row(stepCount: 1, learningRate: 120 / 19.8, error: 0.2062),
    Row(stepCount: 2, learningRate: 6, error: 0.158),
    Row(stepCount: 3, learningRate: 6, error: 0.134),
    Row(stepCount: 5, learningRate: 5.6, error: 0.110),
    Row(stepCount: 10, learningRate: 5.2, error: 0.086),
  ]

  @Test("Steps on uniform inputs have the errors of von Oswald's setting", arguments: uniformRows)
  func uniform(_ row: Row) throws {
    let learner = GradientDescent(stepCount: row.stepCount, learningRate: row.learningRate)
    let sample = try QueryRegression.uniform.error(of: learner, Self.uniform)
    // Half a digit of rounding. Six, because ten steps diverge on rare episodes, which make a tail so
    // heavy that a sample shows too little of it.
    let errorCount = row.stepCount < 10 ? 3.0 : 6
    #expect(abs(sample.mean / 2 - row.error) < errorCount * sample.standardError / 2 + 0.0005)
  }

  /// The mean squared error for standard normal inputs, D = 5, N = 20.
  ///
  /// The rate of one step is the closed form `N/(N + D + 1)`; those of more were found by a scan.
  static let normalRows = [
    Row(stepCount: 1, learningRate: 20.0 / 26, error: 1.154),
    Row(stepCount: 2, learningRate: 0.72, error: 0.52),
    Row(stepCount: 3, learningRate: 0.72, error: 0.28),
    Row(stepCount: 4, learningRate: 0.70, error: 0.16),
  ]

  @Test("Steps on normal inputs have the errors of Ahn's setting", arguments: normalRows)
  func normal(_ row: Row) throws {
    let learner = GradientDescent(stepCount: row.stepCount, learningRate: row.learningRate)
    let sample = try QueryRegression.normal.error(of: learner, Self.normal)
    // Half a digit of rounding.
    #expect(abs(sample.mean - row.error) < 3 * sample.standardError + 0.005)
  }

  @Test("The stated rates are the best", arguments: uniformRows.dropFirst())
  func rates(_ row: Row) throws {
    let episodes = Array(Self.uniform.prefix(4000))
    let errors = try [0.8, 1, 1.2].map { share in
      try QueryRegression.uniform.error(
        of: GradientDescent(
          stepCount: row.stepCount, learningRate: share * row.learningRate), episodes
      ).mean
    }
    #expect(errors[1] < errors[0] && errors[1] < errors[2])
  }

  @Test("Two steps that transform the inputs have the error of two recurrent layers")
  func transformed() throws {
    let learner = GradientDescentPlusPlus(stepCount: 2, learningRate: 13, gamma: 0.175)
    let sample = try QueryRegression.uniform.error(of: learner, Self.uniform)
    #expect(abs(sample.mean / 2 - 0.113) < 3 * sample.standardError / 2 + 0.0005)
  }

  @Test("Moments give what transforming every example gives", arguments: [0, 0.02])
  func everyExample(_ gamma: Double) throws {
    let rate = 0.4
    let setting = SampledRegression(dimension: 3, exampleCount: 7, noise: 0.5)
    for episode in setting.episodes(10) {
      let predictions = try GradientDescentPlusPlus(
        stepCount: 3, learningRate: rate, gamma: gamma
      ).predictions(for: [episode])
      if gamma == 0 {
        let plain = try GradientDescent(stepCount: 3, learningRate: rate)
          .predictions(for: [episode])
        // Single-precision rounding.
        #expect(zip(plain, predictions).allSatisfy { abs($0 - $1) < 1e-5 })
      }
      for count in 1..<7 {
        var inputs = (0...count).map { example in
          (0..<3).map { Double(episode.inputs[example * 3 + $0]) }
        }
        // What is left of the targets; of the query, minus the prediction.
        var rests = episode.targets.prefix(count).map { Double($0) } + [0]
        for _ in 0..<3 {
          let (old, oldRests) = (inputs, rests)
          for token in 0...count {
            for example in 0..<count {
              let product = zip(old[token], old[example]).reduce(0) { $0 + $1.0 * $1.1 }
              rests[token] -= rate / Double(count) * oldRests[example] * product
              for i in 0..<3 { inputs[token][i] -= gamma * product * old[example][i] }
            }
          }
        }
        // Single-precision rounding of a number of order one.
        #expect(abs(Double(predictions[count]) + rests[count]) < 1e-5)
      }
    }
  }

  @Test("One step of rate one is averaging")
  func averaging() throws {
    let episodes = SampledRegression(dimension: 3, exampleCount: 7, noise: 0.5).episodes(10)
    let descent = try GradientDescent(stepCount: 1, learningRate: 1).predictions(for: episodes)
    let averaging = try Averaging().predictions(for: episodes)
    // Single-precision rounding.
    #expect(zip(descent, averaging).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test("One pass over real targets follows its formula")
  func onlineRegression() throws {
    let episode = Episode(inputs: [2, 1, 3], targets: [4, 3, 0], of: .real)
    // w = ½ · 4 · 2 = 4; then 4 + ½ (3 - 4) · 1 = 3.5.
    let predictions = try OnlineGradientDescent(learningRate: 0.5).predictions(for: [episode])
    #expect(predictions == [0, 4, 10.5])
  }

  @Test("One pass over classes follows its formula")
  func onlineClassification() throws {
    let episode = Episode(inputs: [1, 2, 1], targets: [1, 0, 0], of: .classes(2))
    let predictions = try OnlineGradientDescent(learningRate: 0.5).predictions(for: [episode])
    // w = ∓¼; then scores ∓½, whose softmax is off by p from class 0.
    let excess = 1 / (1 + exp(-1.0))
    let expected = [0, 0, -0.5, 0.5, -0.25 + excess, 0.25 - excess]
    for (prediction, expected) in zip(predictions, expected) {
      #expect(abs(Double(prediction) - expected) < 1e-6)  // single-precision rounding
    }
  }
}
