package import Baselines
package import Episodes
package import RandomKeys
package import TaskFamilies

// Dimension key
//   N  examples in an episode

/// Whether a learner learns what cannot be guessed: random inputs with random labels, shown twice.
///
/// The first half of an episode are random inputs with random labels, the second half the same once
/// more. Nothing but learning in context helps there: what knows only its own tasks stays at chance,
/// and a learning algorithm reaches 1 in the second half.
///
/// Source: the probe with random data of Kirsch et al. 2022, <https://arxiv.org/abs/2212.04458>.
package struct RandomDataProbe: Codable, Equatable, Sendable {
  /// Accuracy where each item is seen for the first time.
  package let firstTime: Estimate
  /// Accuracy where it is seen for the second time.
  package let secondTime: Estimate
  /// How many items are shown twice.
  package let itemCount: Int

  /// The family of the probe for a learner of some episodes; nil if these have no classes or only one
  /// example.
  package static func family(for shape: EpisodeShape) -> RandomAssociations? {
    guard case .classes(let count) = shape.target, shape.exampleCount > 1 else { return nil }
    return RandomAssociations {
      $0.itemCount = shape.exampleCount / 2
      $0.classCount = count
      $0.inputDimension = shape.inputDimension
      $0.exampleCount = shape.exampleCount
      $0.order = .cyclic
    }
  }

  /// - Parameter family: as ``family(for:)`` makes it.
  /// - Throws: ``EvaluationError`` if there are no episodes or a prediction is not finite; what the
  ///   learner throws.
  package init(
    of learner: any InContextLearner, on family: RandomAssociations, episodeCount: Int,
    key: RandomKey, bootstrap: Bootstrap = Bootstrap()
  ) throws {
    let rule = ScoringRule(family.episodeShape)
    let scores = try rule.scores(of: learner, on: family, episodeCount, key.folded(with: 0))
    let (half, count) = (family.itemCount, family.exampleCount)
    let means = stride(from: 0, to: scores.count, by: count).flatMap { start in
      [start, start + half].map { scores[$0..<$0 + half].reduce(0, +) / Float(half) }
    }
    let estimates = bootstrap.estimates(of: means, width: 2, key: key.folded(with: 1))
    (firstTime, secondTime) = (estimates[0], estimates[1])
    itemCount = half
  }
}
