import RandomKeys

/// What a task of ``PrototypeClassification`` draws, each from a key of its own.
enum ClassificationTaskStream: UInt64 {
  case classCount
  case prototypeOrder
  case labelOrder
  case projection
  case prototypes
  case labelBias
}

extension RandomKey {
  /// The key for a draw of a classification task.
  func folded(with stream: ClassificationTaskStream) -> RandomKey {
    folded(with: stream.rawValue)
  }
}
