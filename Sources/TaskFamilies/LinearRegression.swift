package import Baselines
package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input

/// Linear regression, noisy if asked.
///
/// One task is a weight vector `w ~ N(0, I)`, kept as the latent. An example is `x ~ inputScale ·
/// N(0, I)` with target `y = w · x + σ ε`, `ε ~ N(0, 1)`. With unlimited tasks the Bayes-optimal
/// learner is ridge regression with penalty `σ²`, or least squares without noise.
///
/// Source: Garg et al. 2022, section 3.1, <https://arxiv.org/abs/2208.01066>.
package struct LinearRegression: TaskFamily {
  package let configuration: LinearRegressionConfiguration
  package let episodeShape: EpisodeShape
  private let pool: TaskPool

  package init(_ configuration: LinearRegressionConfiguration) {
    self.configuration = configuration
    episodeShape = EpisodeShape(
      exampleCount: configuration.exampleCount, inputDimension: configuration.dimension,
      target: .real, latentCount: configuration.dimension)
    pool = TaskPool(count: configuration.taskCount, seed: configuration.poolSeed)
  }

  /// - Complexity: O(N·D), without allocations.
  package func sample(_ key: RandomKey, into episode: inout Episode) {
    precondition(episode.shape == episodeShape, "An episode has the shape of its family.")
    var weights = episode.latent.mutableSpan
    pool.taskKey(forEpisode: key).fillNormals(&weights)
    drawExamples(
      key, weights: episode.latent, inputs: &episode.inputs, targets: &episode.targets)
  }

  private func drawExamples(
    _ key: RandomKey, weights: [Float], inputs: inout [Float], targets: inout [Float]
  ) {
    let weights = weights.span
    var inputs = inputs.mutableSpan
    var targets = targets.mutableSpan
    key.folded(with: .inputs).fillNormals(
      &inputs, standardDeviation: configuration.inputScale)
    key.folded(with: .noise).fillNormals(&targets, standardDeviation: configuration.noise)
    let whole = configuration.exampleCount / Self.blockSize * Self.blockSize
    for first in stride(from: 0, to: whole, by: Self.blockSize) {
      addProducts(weights, inputs.span, to: &targets, examples: first, count: Self.blockSize)
    }
    for example in whole..<configuration.exampleCount {
      addProducts(weights, inputs.span, to: &targets, examples: example, count: 1)
    }
  }

  /// Examples whose sums are computed side by side, as each of them waits for its last addition.
  private static let blockSize = 8

  /// Adds `w · x` to the targets of `count` examples.
  ///
  /// Summed in double precision, so that a target is exact up to its own rounding.
  @inline(__always)
  private func addProducts(
    _ weights: Span<Float>, _ inputs: Span<Float>, to targets: inout MutableSpan<Float>,
    examples first: Int, count: Int
  ) {
    let dimension = configuration.dimension
    precondition(
      dimension <= weights.count && (first + count) * dimension <= inputs.count,
      "Inputs are as many as the family says.")
    var sums = InlineArray<8, Double>(repeating: 0)
    var sum = sums.mutableSpan
    for example in 0..<count { sum[unchecked: example] = Double(targets[first + example]) }
    for i in 0..<dimension {
      let weight = Double(weights[unchecked: i])
      // In bounds by the precondition.
      for example in 0..<count {
        sum[unchecked: example] +=
          weight * Double(inputs[unchecked: (first &+ example) &* dimension &+ i])
      }
    }
    for example in 0..<count { targets[first + example] = Float(sum[unchecked: example]) }
  }

  package var oracle: any InContextLearner {
    let noise = Double(configuration.noise)
    return noise > 0 ? RidgeRegression(penalty: noise * noise) : LeastSquares()
  }

  package var baselines: [any InContextLearner] {
    // Where targets are exact, ridge regression shows what a learner that expects some noise makes
    // of them.
    let variance = Double(configuration.noise * configuration.noise)
    return [
      ZeroPredictor(), Averaging(), NearestNeighbors(3), LeastSquares(),
      RidgeRegression(penalty: variance > 0 ? variance : 0.1),
    ]
  }
}
