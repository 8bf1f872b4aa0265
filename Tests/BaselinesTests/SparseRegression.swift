import Episodes
import RandomKeys

/// Noiseless linear regression with standard normal inputs, D 20, and weights of which three are not
/// zero: Garg et al. 2022, <https://arxiv.org/abs/2208.01066>.
enum SparseRegression {
  static func episodes(_ count: Int) -> [Episode] {
    let shape = EpisodeShape(exampleCount: 11, inputDimension: 20, target: .real)
    return (0..<count).map { index in
      let key = RandomKey(seed: 15).folded(with: index)
      // Inputs are all alike, so which weights these are makes no difference.
      let weights = key.folded(with: 0).normals(3)
      var episode = Episode(shape: shape)
      episode.inputs = key.folded(with: 1).normals(11 * 20)
      for example in 0..<11 {
        for i in 0..<3 {
          episode.targets[example] += weights[i] * episode.inputs[example * 20 + i]
        }
      }
      return episode
    }
  }
}
