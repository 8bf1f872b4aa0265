package import ComputeGraph
internal import Configuration
package import Storage

/// One run of an experiment in a directory of its own: steps, metrics, held-out scores,
/// checkpoints.
///
/// A run that was stopped or killed and resumed ends with the same bytes as one that was not.
package struct TrainingRun {
  /// How a run ended.
  package enum Outcome: Equatable, Sendable {
    case finished
    /// Asked to stop after so many steps, with a checkpoint.
    case stopped(step: Int)
  }

  /// What a run tells as it goes.
  package enum Event: Sendable {
    /// A checkpoint of more steps could not be used.
    case skipped(StorageError)
    /// The run was to be resumed, and has no checkpoint to go on from.
    case begins
    case step(done: Int, StepResult)
    case scored(done: Int, HeldOutScore)
    /// A checkpoint is on the disk.
    case saved(path: String)
    /// A checkpoint could not be saved; training goes on, and the next one is tried.
    case saveFailed(path: String, any Error)
    /// A step that was not finite was left out, the first in succession.
    case skippedStep(NonFiniteReport)
    /// The run went back to where it was after some steps.
    case rolledBack(NonFiniteReport, to: Int, learningRateScale: Double)
  }

  let trainer: MetaTrainer
  let engine: any Engine
  let directory: RunDirectory
  let software: String
  let experimentText: String

  /// - Parameters:
  ///   - experiment: what to compute.
  ///   - directory: where to keep it.
  ///   - software: the version that checkpoints state.
  /// - Throws: `EncodingError` if the experiment holds numbers that are not finite; `StorageError`
  ///   or ``TrainingError/foreignTaskSet(path:_:)`` if its task set is not there or another.
  package init(
    _ experiment: Experiment, in directory: RunDirectory, engine: any Engine, software: String
  ) throws {
    var experiment = experiment
    let taskSet = try experiment.openTaskSet()
    trainer = try MetaTrainer(experiment, engine: engine, taskSet: taskSet)
    self.engine = engine
    self.directory = directory
    self.software = software
    experimentText = try ConfigurationDocument.yaml(encoding: experiment)
  }

  /// Trains from the start or from the latest checkpoint to the last step.
  ///
  /// - Parameters:
  ///   - resume: whether to continue a run that is there, which is an error otherwise. What has no
  ///     checkpoint that can be trusted begins at the first step.
  ///   - retention: which checkpoints to remove on the way; nil to keep all.
  ///   - shouldStop: asked after each step, or each launch of steps; if true, the run saves and returns.
  ///   - report: hears of every step, score and checkpoint.
  /// - Throws: ``TrainingError``, `StorageError`, `EngineError`.
  package func train(
    resume: Bool, retention: Retention? = nil, shouldStop: () -> Bool = { false },
    report: @escaping (Event) -> Void = { _ in }
  ) throws -> Outcome {
    try trainer.checkEngine()
    let lock = try directory.lock()
    return try withExtendedLifetime(lock) {
      let isNew = !directory.exists
      do {
        let start = try start(resume: resume, report)
        return try TrainingLoop(self, from: start, retention: retention, report: report)
          .train(shouldStop: shouldStop)
      } catch let error as EngineError {
        // With other settings it may fit the engine, and the name is to be had then.
        // The first error is the one that counts.
        if isNew { try? directory.removeIfEmpty() }
        throw error
      }
    }
  }
}

extension TrainingRun {
  /// Where the steps of a run begin.
  struct Start {
    let state: TrainingState
    /// Steps taken.
    var done = 0
    /// Bytes of the log that belong to them.
    var metricsOffset = 0
    var recovery = Checkpoint.Recovery()
  }

  private func start(resume: Bool, _ report: (Event) -> Void) throws -> Start {
    try directory.removeStaleFiles()
    guard directory.exists else {
      if resume { report(.begins) }
      try directory.create(experiment: experimentText)
      return Start(state: trainer.initialState)
    }
    // A run that died before its first checkpoint has nothing to continue from: it begins anew.
    guard try resume || directory.checkpointSteps().isEmpty else {
      throw TrainingError.exists(run: directory.path)
    }
    guard
      let checkpoint = try directory.latestCheckpoint(reportingSkipped: { report(.skipped($0)) })
    else {
      try trainer.experiment.check(isThatOf: directory, text: try directory.experiment())
      if resume { report(.begins) }
      return Start(state: trainer.initialState)
    }
    try trainer.experiment.check(isThatOf: directory, text: checkpoint.experiment)
    return Start(
      state: try trainer.state(of: checkpoint), done: checkpoint.step,
      metricsOffset: checkpoint.metricsOffset, recovery: checkpoint.recovery)
  }
}
