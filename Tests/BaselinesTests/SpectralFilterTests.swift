import Baselines
import RandomKeys
import Testing

@Suite("Linear learners as functions of eigenvalues")
struct SpectralFilterTests {
  static let episodes = SampledRegression(dimension: 4, exampleCount: 9, noise: 0.3).episodes(20)

  static let filters: [SpectralFilter] = [
    .ridge(penalty: 0.4),
    .gradientDescent(stepCount: 1, learningRate: 0.5, loss: .mean),
    .gradientDescent(stepCount: 4, learningRate: 0.05, loss: .sum),
    .gradientDescentPlusPlus(stepCount: 1, learningRate: 0.5, gamma: 0.1, loss: .mean),
    .gradientDescentPlusPlus(stepCount: 3, learningRate: 0.4, gamma: 0.03, loss: .mean),
    .gradientDescentPlusPlus(stepCount: 2, learningRate: 0.06, gamma: 0.03, loss: .sum),
  ]

  @Test("A filter predicts what its learner predicts", arguments: filters)
  func predictions(_ filter: SpectralFilter) throws {
    let lengths = [0, 1, 3, 8]
    let contexts = SpectralContexts(of: Self.episodes, contextLengths: lengths)
    let found = contexts.predictions(of: filter)
    let expected = try filter.learner.predictions(for: Self.episodes)
    #expect(found.count == Self.episodes.count * lengths.count)
    for episode in Self.episodes.indices {
      for (place, length) in lengths.enumerated() {
        // Single-precision rounding of predictions of order ten.
        let difference = found[episode * 4 + place] - Double(expected[episode * 9 + length])
        #expect(abs(difference) < 1e-5)
      }
    }
  }

  @Test("The scales of contexts are those of their inputs")
  func scales() {
    let episodes = SampledRegression(dimension: 4, exampleCount: 9).episodes(4000)
    let contexts = SpectralContexts(of: episodes, contextLengths: [0, 8])
    // The mean of 128 000 squares of normal numbers, whose standard deviation is √2.
    #expect(abs(contexts.meanSquareInput - 1) < 4 * 1.42 / 128_000.0.squareRoot())
    // Half of the contexts are empty; the others have a largest eigenvalue above the mean of 8.
    #expect(contexts.meanLargestEigenvalue > 4 && contexts.meanLargestEigenvalue < 12)
  }
}
