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
    for example in 0..<configuration.exampleCount {
      // Summed in double precision, so that a target is exact up to its own rounding.
      var sum = Double(targets[example])
      for i in 0..<configuration.dimension {
        sum += Double(weights[i]) * Double(inputs[example * configuration.dimension + i])
      }
      targets[example] = Float(sum)
    }
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
