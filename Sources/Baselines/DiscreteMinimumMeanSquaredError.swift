package import Episodes

// Dimension key
//   M  tasks of the pool          D  dimension of an input
//   E  episodes                   N  examples in an episode

/// The Bayes-optimal learner of tasks that are uniform over a finite pool, with normal noise.
///
/// Task `i` with predictions `fᵢ` has after `k` examples a weight that is the softmax over the pool of
/// `-Σ (yⱼ - fᵢ(xⱼ))² / (2 σ²)`. The prediction is the weighted mean, at first that of the pool. Without
/// noise it is the mean over the tasks that fit all examples, exactly, but for errors below `2⁻²⁰`,
/// which are rounding; over the nearest tasks where none fits. The likelihood of a target is then a
/// probability, not a density.
///
/// Source: Raventós et al. 2023, section 2, <https://arxiv.org/abs/2306.15063>.
package struct DiscreteMinimumMeanSquaredError: ProbabilisticLearner {
  package let noiseVariance: Double
  private let pool: FunctionPool

  /// A pool of linear functions.
  ///
  /// - Parameters:
  ///   - weights: `[M, D]`, of at least one task.
  ///   - dimension: `D`
  ///   - noiseVariance: `σ²`, not negative.
  package init(weights: [Float], dimension: Int, noiseVariance: Double) {
    precondition(
      dimension > 0 && weights.count % dimension == 0, "Each task has a weight for each dimension.")
    self.init(.linear(weights: weights, dimension: dimension), noiseVariance)
  }

  /// A pool of any functions.
  ///
  /// - Parameters:
  ///   - taskCount: `M`, at least 1.
  ///   - noiseVariance: `σ²`, not negative.
  ///   - targets: the noise-free targets `[N]` of a task at the inputs `[N, D]` of an episode, each
  ///     from its own input alone.
  package init(
    taskCount: Int, noiseVariance: Double,
    targets: @escaping @Sendable (_ task: Int, _ inputs: [Float]) -> [Float]
  ) {
    self.init(.arbitrary(count: taskCount, targets: targets), noiseVariance)
  }

  private init(_ pool: FunctionPool, _ noiseVariance: Double) {
    precondition(pool.count > 0, "A pool has a task.")
    precondition(noiseVariance >= 0, "A variance is not negative.")
    self.pool = pool
    self.noiseVariance = noiseVariance
  }

  package var name: String { "discreteMinimumMeanSquaredError" }

  /// Whether the functions of the pool are linear.
  var isLinear: Bool { if case .linear = pool { true } else { false } }

  package func predictions(for episodes: [Episode]) throws -> [Float] {
    try scoredPredictions(for: episodes).predictions
  }

  /// Runs through the pool once for each 32 episodes, which run concurrently.
  ///
  /// - Complexity: O(E · N · M · D) time for a pool of linear functions; O(N) memory for an episode
  ///   beside the pool.
  package func scoredPredictions(for episodes: [Episode]) throws -> ScoredPredictions {
    let likelihood = PoolLikelihood(noiseVariance: noiseVariance)
    let parts = try episodes.concurrentChunks { chunk in
      var posteriors = chunk.map { PoolPosterior(of: $0, likelihood) }
      for block in 0..<pool.blockCount {
        let taskCount = pool.count - block * FunctionPool.blockExtent * 8
        pool.withTargets(ofBlock: block, for: chunk) { index, targets in
          posteriors[index - chunk.startIndex].add(targets, taskCount: taskCount)
        }
      }
      return ScoredPredictions(joining: posteriors.map(\.scoredPredictions))
    }
    return ScoredPredictions(joining: parts)
  }
}
