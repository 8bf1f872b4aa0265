import Baselines
import Configuration
import Episodes
import Evaluation
import MetaTraining
import RandomKeys
import Storage
import TaskFamilies

/// The context curves of checkpoints and classical learners on the same tasks.
struct CurveEvaluation {
  /// Tasks to evaluate on, in words for people and as a source of episodes.
  struct Tasks {
    /// Such as `linearRegression`.
    let name: String
    /// The family as YAML.
    let yaml: String
    /// Whose learners are shown.
    let family: any TaskFamily
    let shape: EpisodeShape
    let episodeCount: Int
    /// Names the bootstrap resamples.
    let key: RandomKey
    let episodes: (Range<Int>) throws -> [Episode]
  }

  let tasks: Tasks
  let checkpoints: [CheckpointList.Entry]
  let curves: ContextCurves
  /// Of groups that differ in their seed alone.
  let spreads: [CurveSpread]

  /// - Parameters:
  ///   - list: at least one checkpoint.
  ///   - learners: beside them.
  ///   - seed: the seed of the tasks.
  ///   - report: told how many episodes have been predicted, by whom.
  /// - Throws: `EvaluationError` if a model cannot read the episodes or a prediction is not finite.
  init(
    _ list: CheckpointList, beside learners: [any InContextLearner], on tasks: Tasks, seed: Int,
    report: (_ done: Int, _ learner: String) -> Void = { _, _ in }
  ) throws {
    var done = 0
    func measure(_ learners: [any InContextLearner], _ name: String) throws -> ContextCurves {
      var curves = try ContextCurves.measure(
        learners: learners, shape: tasks.shape, episodeCount: tasks.episodeCount, key: tasks.key
      ) { range in
        report(done, name)
        done += range.count
        return try tasks.episodes(range)
      }
      curves.seed = UInt64(seed)
      return curves
    }
    var curves: ContextCurves?
    for entry in list.entries {
      let model = try list.model(entry)
      let own = try measure(
        [NamedLearner(entry.name, model.learner.readingShorterEpisodes)], entry.name)
      curves = curves?.merging(own) ?? own
    }
    if !learners.isEmpty {
      let others = try measure(learners, "classical learners")
      curves = curves?.merging(others) ?? others
    }
    guard let curves else { throw EvaluationError.noEpisodes }
    self.tasks = tasks
    self.curves = curves
    checkpoints = list.entries
    spreads = list.seedGroups.map { group in
      CurveSpread(
        group.name,
        of: group.members.compactMap { entry in
          curves.learners[entry.name].map { (entry.name, $0) }
        })
    }
  }
}

extension CurveEvaluation.Tasks {
  /// Tasks that are drawn from a family.
  ///
  /// - Throws: what keeps the family from being prepared.
  init(drawnFrom configuration: FamilyConfiguration, count: Int, seed: Int) throws {
    let family = try configuration.makeFamily()
    let key = RunStream.evaluation.key(seed: seed)
    let tasks = key.folded(with: 0)
    self.init(
      name: configuration.kind.rawValue,
      yaml: try ConfigurationDocument.yaml(encoding: configuration), family: family,
      shape: family.episodeShape, episodeCount: count, key: key.folded(with: 1)
    ) { range in range.map { family.episode(tasks.folded(with: $0)) } }
  }

  /// The tasks of a set.
  ///
  /// - Parameters:
  ///   - path: a file or a directory.
  ///   - fallback: the family whose learners are shown if the set names none.
  /// - Throws: `StorageError` if the set cannot be read.
  init(ofSet path: String, seed: Int, fallback: FamilyConfiguration) throws {
    let reader = try TaskSetReader(path)
    let configuration: FamilyConfiguration =
      try reader.set.family.map { yaml in
        try ConfigurationDocument(yaml: yaml, name: "the family in \(path)").decode()
      } ?? fallback
    self.init(
      name: path, yaml: try ConfigurationDocument.yaml(encoding: configuration),
      family: try configuration.makeFamily(), shape: reader.set.shape,
      episodeCount: reader.episodeCount, key: RunStream.evaluation.key(seed: seed)
    ) { try reader.episodes($0) }
  }
}
