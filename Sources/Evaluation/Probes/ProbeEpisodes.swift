internal import Baselines
package import Episodes

// Dimension key
//   E  episodes      K  measured context lengths

/// The episodes on which learners are compared, and the numbers of examples after which they are.
package struct ProbeEpisodes: Sendable {
  /// `E`, of one shape.
  package let episodes: [Episode]
  /// `K`, ascending.
  package let contextLengths: [Int]
  /// What squared distances are divided by, as the errors of context curves are, so that zero, or every
  /// class alike, is at distance 1 from the truth: the mean squared target, or `1 - 1/C`.
  package let meanSquare: Double

  /// - Parameters:
  ///   - episodes: at least one, of one shape.
  ///   - contextLengths: below the number of examples; all if nil.
  package init(_ episodes: [Episode], contextLengths: [Int]? = nil) {
    guard let shape = episodes.first?.shape else { preconditionFailure("There are episodes.") }
    let lengths = contextLengths ?? Array(0..<shape.exampleCount)
    precondition(
      !lengths.isEmpty && lengths == lengths.sorted()
        && lengths.allSatisfy { (0..<shape.exampleCount).contains($0) },
      "Context lengths ascend and leave an example to predict.")
    self.episodes = episodes
    self.contextLengths = lengths
    switch shape.target {
    case .classes(let count), .tokens(let count): meanSquare = 1 - 1 / Double(count)
    case .real:
      let sum = episodes.reduce(0.0) { sum, episode in
        episode.targets.reduce(sum) { $0 + Double($1) * Double($1) }
      }
      let mean = sum / Double(episodes.count * shape.exampleCount)
      meanSquare = mean > 0 ? mean : 1
    }
  }

  var shape: EpisodeShape { episodes[0].shape }

  func vectors(of learner: any InContextLearner) throws -> PredictionVectors {
    try PredictionVectors(of: learner, for: episodes, contextLengths: contextLengths)
  }
}
