package import RandomKeys

/// What an episode draws, each from a key of its own.
package enum EpisodeStream: UInt64, Sendable {
  case task
  case inputs
  case noise
  case labels
  /// What families draw that are made of others, each at its depth.
  case change
}

extension RandomKey {
  /// The key for a draw of an episode.
  package func folded(with stream: EpisodeStream) -> RandomKey { folded(with: stream.rawValue) }

  /// The key for what a family of this depth draws beside the families that it is made of.
  func folded(forChangeAt depth: Int) -> RandomKey {
    folded(with: .change).folded(with: depth)
  }
}
