import RandomKeys

/// What an episode draws, each from a key of its own.
enum EpisodeStream: UInt64 {
  case task
  case inputs
  case noise
  case labels
}

/// What a classification task draws, each from a key of its own.
enum ClassificationTaskStream: UInt64 {
  case classCount
  case prototypeOrder
  case labelOrder
  case projection
  case prototypes
}

extension RandomKey {
  /// The key for a draw of an episode.
  func folded(with stream: EpisodeStream) -> RandomKey { folded(with: stream.rawValue) }

  /// The key for a draw of a classification task.
  func folded(with stream: ClassificationTaskStream) -> RandomKey {
    folded(with: stream.rawValue)
  }
}
