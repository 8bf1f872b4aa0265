import Baselines
import Episodes

/// Predicts every target from the episode alone, as `predict` says.
struct ClosureLearner: InContextLearner {
  let name: String
  /// The prediction of one example, of the target's width.
  let predict: @Sendable (_ episode: Episode, _ example: Int) throws -> [Float]

  func predictions(for episodes: [Episode]) throws -> [Float] {
    try episodes.flatMap { episode in
      try (0..<episode.shape.exampleCount).flatMap { try predict(episode, $0) }
    }
  }

  /// Prefers the class of the first example.
  static let firstExample = ClosureLearner(name: "firstExample") { episode, example in
    var logits = [Float](repeating: 0, count: episode.shape.target.width)
    if example > 0 { logits[Int(episode.targets[0])] = 30 }
    return logits
  }

  /// Calls every class alike but for the last example, for which it prefers the class that `prefer` names.
  ///
  /// So it has the same evidence for every view of a context.
  static func lastOnly(_ prefer: @escaping @Sendable (Episode) -> Int) -> ClosureLearner {
    ClosureLearner(name: "lastOnly") { episode, example in
      var logits = [Float](repeating: 0, count: episode.shape.target.width)
      if example == episode.shape.exampleCount - 1 { logits[prefer(episode)] = 30 }
      return logits
    }
  }
}
