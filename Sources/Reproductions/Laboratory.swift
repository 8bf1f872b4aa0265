package import Baselines
package import ComputeGraph
package import Evaluation
package import MetaTraining
package import RandomKeys
import Storage
package import TaskFamilies

/// Where reproductions are carried out: it trains what is not yet trained, and measures.
package struct Laboratory {
  /// What is heard of a run as it goes.
  package typealias Report = (_ run: Procedure.Run, TrainingRun.Event) -> Void

  package let engine: any Engine
  private let directory: String
  private let software: String
  private let shouldStop: () -> Bool
  private let report: Report

  /// - Parameters:
  ///   - engine: runs the models.
  ///   - directory: where runs are kept; each reproduction has a directory of its own in it.
  ///   - software: the version that checkpoints state.
  ///   - shouldStop: asked after each step of training.
  ///   - report: hears of every step, score and checkpoint.
  package init(
    engine: any Engine, directory: String, software: String,
    shouldStop: @escaping () -> Bool = { false }, report: @escaping Report = { _, _ in }
  ) {
    self.engine = engine
    self.directory = directory
    self.software = software
    self.shouldStop = shouldStop
    self.report = report
  }

  /// The directory of a reproduction's runs.
  package func directory(of reproduction: Reproduction, _ tier: Tier) -> String {
    "\(directory)/\(reproduction.id)" + (tier == .quick ? "" : "-\(tier.rawValue)")
  }

  /// Trains what is not trained yet, going on where a run was stopped, and judges.
  ///
  /// - Returns: nil if it was asked to stop; everything until then is saved.
  /// - Throws: `TrainingError`, `StorageError`, `EvaluationError`, `EngineError`.
  package func carryOut(_ reproduction: Reproduction, _ tier: Tier) throws -> Judgement? {
    guard let procedure = reproduction.procedure(tier) else {
      preconditionFailure("A reproduction has what is carried out.")
    }
    let place = directory(of: reproduction, tier)
    var trained: [TrainedRun] = []
    for run in procedure.runs {
      guard let result = try train(run, in: RunDirectory("\(place)/\(run.name)")) else {
        return nil
      }
      trained.append(result)
    }
    var judgement = try procedure.judge(self, trained)
    judgement.portraits = try trained.map { try ModelPortrait(of: $0, in: self) }
    return judgement
  }

  private func train(
    _ run: Procedure.Run, in directory: RunDirectory
  ) throws -> TrainedRun? {
    let outcome = try TrainingRun(
      run.experiment, in: directory, engine: engine, software: software
    ).train(resume: true, shouldStop: shouldStop, report: { report(run, $0) })
    if case .stopped = outcome { return nil }
    return try TrainedRun(run, in: directory, engine: engine)
  }

  /// The names of what is drawn for evaluations; no seed repeats a training task.
  package func key(_ number: Int = 0) -> RandomKey {
    RunStream.evaluation.key(seed: 0).folded(with: number)
  }

  /// The context curves of learners on unseen tasks of a family.
  ///
  /// - Throws: what keeps the family from being prepared; what a learner throws.
  package func curves(
    of learners: [any InContextLearner], on family: FamilyConfiguration, episodes: Int,
    number: Int = 0
  ) throws -> ContextCurves {
    try ContextCurves.measure(
      learners: learners, family: family.makeFamily(), episodeCount: episodes, key: key(number))
  }
}
