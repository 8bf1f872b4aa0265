import Baselines
import Episodes
import RandomKeys
import TestSupport

/// Noiseless linear regression with standard normal weights, of which only the last prediction, after
/// `exampleCount` examples, counts.
struct QueryRegression: Sendable {
  let dimension: Int
  let exampleCount: Int
  /// Inputs are uniform in `-halfWidth ..< halfWidth`, or standard normal.
  let halfWidth: Float?

  /// Von Oswald et al. 2022, <https://arxiv.org/abs/2212.07677>.
  static let uniform = QueryRegression(dimension: 10, exampleCount: 10, halfWidth: 0.5)
  /// Ahn et al. 2023, <https://arxiv.org/abs/2306.00297>.
  static let normal = QueryRegression(dimension: 5, exampleCount: 20, halfWidth: nil)

  func episodes(_ count: Int) -> [Episode] {
    let shape = EpisodeShape(
      exampleCount: exampleCount + 1, inputDimension: dimension, target: .real)
    return (0..<count).map { index in
      let key = RandomKey(seed: 11).folded(with: index)
      let weights = key.folded(with: 0).normals(dimension)
      var episode = Episode(shape: shape)
      let inputCount = episode.inputs.count
      episode.inputs =
        halfWidth.map { key.folded(with: 1).uniforms(inputCount, in: -$0..<$0) }
        ?? key.folded(with: 1).normals(inputCount)
      for example in 0...exampleCount {
        for i in 0..<dimension {
          episode.targets[example] += weights[i] * episode.inputs[example * dimension + i]
        }
      }
      return episode
    }
  }

  /// The mean squared error of the query.
  func error(of learner: some InContextLearner, _ episodes: [Episode]) throws -> Sample {
    let predictions = try learner.predictions(for: episodes)
    return Sample(
      episodes.indices.map { index in
        let difference =
          predictions[(index + 1) * (exampleCount + 1) - 1] - episodes[index].targets[exampleCount]
        return Double(difference) * Double(difference)
      })
  }
}
