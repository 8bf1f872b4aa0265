import Episodes
import MetaTraining
import RandomKeys
import Reporting
import TaskFamilies

/// A few episodes of a family, to be shown.
struct FamilyPreview {
  let configuration: FamilyConfiguration
  let seed: Int
  let episodes: [Episode]
  let view: EpisodeView
  /// For each episode the function that its task is, where it is one of one number; else empty.
  let curves: [[ScatterChart.Point]]

  /// Draws the first episodes that `manabi generate` writes with this seed.
  ///
  /// - Throws: what keeps the family from being prepared, such as a dataset that is missing.
  init(_ configuration: FamilyConfiguration, count: Int, seed: Int) throws {
    let family = try configuration.makeFamily()
    let key = RunStream.generation.key(seed: seed)
    let episodes = family.episodes(count, key: key)
    let curve = try NoiselessCurve(configuration)
    self.configuration = configuration
    self.seed = seed
    self.episodes = episodes
    view = EpisodeView(of: episodes, shape: family.episodeShape)
    curves = episodes.indices.map { index in
      curve?.points(of: episodes[index], key: key.folded(with: index)) ?? []
    }
  }

  var shape: EpisodeShape { configuration.episodeShape }

  var summary: String { type(of: configuration.settings).description.summary }

  /// The name of an episode among those that are shown.
  func title(of index: Int) -> String { "Task \(index + 1)" }

  /// How many classes there are; nil if targets are real.
  var classCount: Int? { shape.target.isDiscrete ? shape.target.width : nil }

  /// The tokens of an episode, the last target included.
  func tokens(of episode: Episode) -> [Int] {
    (episode.inputs + episode.targets.suffix(1)).map { Int($0) }
  }

  /// A target in a few characters.
  func text(target: Float) -> String {
    classCount.map { Int(target).symbol(among: $0) } ?? Double(target).fixed(2)
  }
}
