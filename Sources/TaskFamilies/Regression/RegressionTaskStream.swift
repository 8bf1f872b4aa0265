import RandomKeys

/// What a task of a family of functions draws, each from a key of its own.
enum RegressionTaskStream: UInt64 {
  case weights
  case coordinates
  case amplitude
  case phase
}

extension RandomKey {
  /// The key for a draw of a task of a family of functions.
  func folded(with stream: RegressionTaskStream) -> RandomKey { folded(with: stream.rawValue) }
}
