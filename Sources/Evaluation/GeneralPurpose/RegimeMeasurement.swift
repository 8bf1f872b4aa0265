package import Baselines
import Episodes
package import RandomKeys
package import TaskFamilies

/// What a meta-trained model gains within episodes of tasks that it has seen or not, of data that it
/// has seen or not, and what that says of it.
///
/// Seen tasks are those of the pool that training draws from; unseen data are another base of the
/// tasks, such as other prototypes or other images.
///
/// Source: Kirsch et al. 2022, <https://arxiv.org/abs/2212.04458>.
package struct RegimeMeasurement: Codable, Equatable, Sendable {
  /// Nil if training has no pool: then no task is met twice.
  package let seenTasks: SequenceImprovement?
  package let unseenTasks: SequenceImprovement
  /// Nil if there are no other data, or no pool.
  package let seenTasksUnseenData: SequenceImprovement?
  /// Nil if there are no other data.
  package let unseenTasksUnseenData: SequenceImprovement?
  /// Nil if the tasks have no classes.
  package let randomData: RandomDataProbe?
  package let criteria: RegimeCriteria
  package let regime: Regime
  /// Whether all of the interval of the gain on unseen tasks leads to this regime.
  package let isClear: Bool
  /// How many episodes gave each of the numbers.
  package let episodes: Int

  /// - Parameters:
  ///   - learner: the model.
  ///   - training: the family that it was trained on.
  ///   - other: tasks of the same extents on data that training never showed; if nil, those of
  ///     another base, if the family has one.
  ///   - key: names the episodes and the resamples.
  /// - Throws: ``EvaluationError`` if there are no episodes or a prediction is not finite; what the
  ///   learner throws, or keeps a family from being prepared.
  package init(
    of learner: any InContextLearner, trainedOn training: FamilyConfiguration,
    otherData other: FamilyConfiguration? = nil, episodeCount: Int, key: RandomKey,
    criteria: RegimeCriteria = RegimeCriteria()
  ) throws {
    func measure(_ family: FamilyConfiguration?, _ stream: Int) throws -> SequenceImprovement? {
      try family.map {
        try SequenceImprovement(
          of: learner, on: try $0.makeFamily(), episodeCount: episodeCount,
          key: key.folded(with: stream))
      }
    }
    func limited(_ family: FamilyConfiguration?) -> FamilyConfiguration? {
      family.flatMap { $0.unlimited == $0 ? nil : $0 }
    }
    let other = other ?? training.anotherBase
    let unseen = try SequenceImprovement(
      of: learner, on: try training.unlimited.makeFamily(), episodeCount: episodeCount,
      key: key.folded(with: 1))
    seenTasks = try measure(limited(training), 0)
    unseenTasks = unseen
    seenTasksUnseenData = try measure(limited(other), 2)
    unseenTasksUnseenData = try measure(other?.unlimited, 3)
    randomData = try RandomDataProbe.family(for: training.episodeShape).map {
      try RandomDataProbe(
        of: learner, on: $0, episodeCount: episodeCount, key: key.folded(with: 4))
    }
    self.criteria = criteria
    regime = criteria.regime(seen: seenTasks ?? unseen, unseen: unseen)
    isClear = criteria.isClear(seen: seenTasks ?? unseen, unseen: unseen)
    episodes = episodeCount
  }
}
