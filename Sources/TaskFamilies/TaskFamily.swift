package import Baselines
package import Episodes
package import RandomKeys

/// A distribution over tasks, from which episodes are drawn.
package protocol TaskFamily: Sendable {
  /// The extents of every episode.
  var episodeShape: EpisodeShape { get }

  /// Draws the episode that `key` names: the same bytes for the same key, whoever asks and in
  /// whatever order.
  ///
  /// - Parameters:
  ///   - key: names the episode.
  ///   - episode: of ``episodeShape``; overwritten.
  func sample(_ key: RandomKey, into episode: inout Episode)

  /// The optimal learner of this family, or the strongest known one.
  var oracle: any InContextLearner { get }

  /// The classical learners to show beside a model, the oracle among them.
  var baselines: [any InContextLearner] { get }
}
