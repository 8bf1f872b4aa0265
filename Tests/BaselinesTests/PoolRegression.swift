import Baselines
import Episodes
import RandomKeys

/// Noisy linear regression over a finite pool of tasks, in the setting of Raventós et al. 2023,
/// <https://arxiv.org/abs/2306.15063>: D 8, K 16, noise 0.5.
struct PoolRegression: Sendable {
  static let shape = EpisodeShape(exampleCount: 16, inputDimension: 8, target: .real)

  /// `[M, D]`
  let weights: [Float]
  private let key: RandomKey

  init(taskCount: Int, seed: Int = 0) {
    key = RandomKey(seed: 6).folded(with: taskCount).folded(with: seed)
    weights = key.folded(with: 0).normals(taskCount * 8)
  }

  var learner: DiscreteMinimumMeanSquaredError {
    DiscreteMinimumMeanSquaredError(weights: weights, dimension: 8, noiseVariance: 0.25)
  }

  /// Episodes with the targets that they would have without noise.
  ///
  /// - Parameter isPooled: whether tasks come from the pool, or are new.
  func episodes(_ count: Int, isPooled: Bool) -> (noisy: [Episode], clean: [Episode]) {
    let clean = (0..<count).map { index in
      let key = key.folded(with: isPooled ? 1 : 2).folded(with: index)
      let task = key.folded(with: 0).uniformInteger(below: weights.count / 8)
      let own =
        isPooled ? Array(weights[task * 8..<(task + 1) * 8]) : key.folded(with: 1).normals(8)
      var episode = Episode(shape: Self.shape)
      episode.inputs = key.folded(with: 2).normals(16 * 8)
      for example in 0..<16 {
        for i in 0..<8 { episode.targets[example] += own[i] * episode.inputs[example * 8 + i] }
      }
      return episode
    }
    let noisy = clean.enumerated().map { index, episode in
      var episode = episode
      let noise = key.folded(with: isPooled ? 3 : 4).folded(with: index)
        .normals(16, standardDeviation: 0.5)
      for example in 0..<16 { episode.targets[example] += noise[example] }
      return episode
    }
    return (noisy, clean)
  }

  /// The mean square of differences of `[E, N]` numbers over D, for each episode.
  static func errors(_ first: [Float], _ second: [Float]) -> [Double] {
    stride(from: 0, to: first.count, by: 16).map { start in
      (start..<start + 16).reduce(0.0) { sum, place in
        let difference = Double(first[place] - second[place])
        return sum + difference * difference / 128
      }
    }
  }
}
