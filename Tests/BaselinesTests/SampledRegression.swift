import Baselines
import Episodes
import RandomKeys
import TestSupport

/// Linear regression `y = w · x + noise · ε` with standard normal weights and inputs.
struct SampledRegression: Sendable {
  var dimension: Int
  var exampleCount: Int
  var noise: Float = 0

  func episodes(_ count: Int, seed: UInt64 = 1) -> [Episode] {
    let shape = EpisodeShape(
      exampleCount: exampleCount, inputDimension: dimension, target: .real)
    return (0..<count).map { index in
      let key = RandomKey(seed: seed).folded(with: index)
      let weights = key.folded(with: 0).normals(dimension)
      var episode = Episode(shape: shape)
      episode.inputs = key.folded(with: 1).normals(exampleCount * dimension)
      episode.targets = key.folded(with: 2).normals(exampleCount, standardDeviation: noise)
      for example in 0..<exampleCount {
        for i in 0..<dimension {
          episode.targets[example] += weights[i] * episode.inputs[example * dimension + i]
        }
      }
      return episode
    }
  }

  /// Squared errors by context length, over the variance of the noiseless target, with their
  /// standard errors.
  func contextCurve(
    of learner: some InContextLearner, _ episodes: [Episode]
  ) throws -> [Sample] {
    let predictions = try learner.predictions(for: episodes)
    return (0..<exampleCount).map { position in
      Sample(
        episodes.indices.map { index in
          let difference =
            predictions[index * exampleCount + position] - episodes[index].targets[position]
          return Double(difference) * Double(difference) / Double(dimension)
        })
    }
  }
}
