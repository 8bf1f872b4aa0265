internal import ComputeGraph
internal import Storage

/// The steps of a run, one after another, with everything that is kept of them.
///
/// A checkpoint holds what is known right after its step; the held-out score comes later in the log,
/// and a resumed run begins with the one that may be missing. So a run can be left at any step. It is
/// saved while the next step is computed, which does not count before the checkpoint is on the disk:
/// a kill costs one save interval at most.
final class TrainingLoop {
  private let run: TrainingRun
  private let trainer: MetaTrainer
  private let report: (TrainingRun.Event) -> Void
  private let metrics: MetricsLog
  private let evaluator: HeldOutEvaluator
  private let saver: CheckpointSaver
  private var session: any TrainingSession
  private var recovery: Checkpoint.Recovery
  private var best: BestScore
  /// Steps taken.
  private var done: Int
  /// Bytes of the log that belong to them.
  private var metricsOffset: Int
  private var isScored: Bool
  /// The steps of the newest checkpoint on the disk.
  private var savedSteps: Int

  private var experiment: Experiment { trainer.experiment }

  /// - Throws: `EngineError` if the engine cannot run the model; `StorageError` if the log cannot be
  ///   opened or read.
  init(
    _ run: TrainingRun, from start: TrainingRun.Start, retention: Retention?,
    report: @escaping (TrainingRun.Event) -> Void
  ) throws {
    self.run = run
    self.report = report
    trainer = run.trainer
    (done, savedSteps, metricsOffset) = (start.done, start.done, start.metricsOffset)
    recovery = start.recovery
    metrics = try run.directory.metrics(keeping: start.metricsOffset)
    best = try BestScore(in: run.directory, of: trainer.experiment)
    isScored = !trainer.experiment.isScored(after: start.done)
    session = try trainer.makeSession(from: start.state, at: start.done)
    evaluator = try HeldOutEvaluator(
      trainer, parameters: start.state.parameters, engine: run.engine)
    saver = CheckpointSaver(run.directory, metrics: metrics, retention: retention)
  }

  /// - Throws: ``TrainingError/nonFinite(_:)``, `StorageError`, `EngineError`.
  func train(shouldStop: () -> Bool) throws -> TrainingRun.Outcome {
    do {
      while done < experiment.steps || !isScored {
        if shouldStop() {
          try complete()
          return .stopped(step: done)
        }
        if isScored { try takeSteps() } else { try score() }
      }
      try complete()
      return .finished
    } catch {
      // A checkpoint that is being written is not given up.
      tell(saver.settle())
      throw error
    }
  }

  /// Takes as many steps as go together, and no more than there are before something else is to be
  /// done.
  private func takeSteps() throws {
    session = try trainer.session(for: done, after: session)
    let results = try trainer.steps(
      done..<end(of: session.stepsAtOnce), session,
      learningRateScale: recovery.learningRateScale)
    tell(saver.settle())
    for result in results {
      guard result.isFinite else { return try recover(from: result) }
      recovery.skippedSteps = 0
      try finish(result)
    }
  }

  /// Where a succession of at most so many steps ends.
  private func end(of count: Int) -> Int {
    let end = min(done + count, experiment.steps)
    let next = (done + 1..<end).first {
      experiment.isScored(after: $0) || experiment.isSaved(after: $0)
        || trainer.takesAnotherProgram($0)
    }
    return next ?? end
  }

  /// Counts a step, and saves if it is time.
  private func finish(_ result: StepResult) throws {
    done += 1
    report(.step(done: done, result))
    try metrics.append(MetricsRecord.step(StepRecord(step: done, result)))
    metricsOffset = metrics.offset
    isScored = !experiment.isScored(after: done)
    if experiment.isSaved(after: done) { try save() }
  }

  private func score() throws {
    let score = try evaluator.score(session.parameters)
    try metrics.append(MetricsRecord.score(ScoreRecord(step: done, heldOut: score)))
    best.add(score, after: done, of: experiment)
    isScored = true
    report(.scored(done: done, score))
  }
}

extension TrainingLoop {
  /// Begins to save the state.
  private func save() throws {
    let state = try session.state
    let checkpoint = Checkpoint(
      step: done, experiment: run.experimentText, seed: UInt64(experiment.seed),
      parameters: trainer.named(state.parameters),
      optimizerState: state.slots.mapValues(trainer.named), metricsOffset: metricsOffset,
      recovery: recovery, software: run.software)
    // Where the run would go back to, and the best.
    let others = [best.step, done / experiment.checkpointInterval * experiment.checkpointInterval]
    saver.save(checkpoint, keeping: Set(others.compactMap(\.self)))
  }

  /// Waits until the state and the log are on the disk.
  ///
  /// - Throws: why they cannot be written.
  private func complete() throws {
    tell(saver.settle())
    if savedSteps != done {
      try save()
      let outcome = saver.settle()
      if let failure = outcome?.failure { throw failure }
      tell(outcome)
    }
    try metrics.synchronize()
  }

  private func tell(_ outcome: CheckpointSaver.Outcome?) {
    guard let outcome else { return }
    if let failure = outcome.failure {
      report(.saveFailed(path: outcome.path, failure))
    } else {
      savedSteps = outcome.step
      report(.saved(path: outcome.path))
    }
  }
}

extension TrainingLoop {
  /// Does what the experiment says about a step that is not finite.
  ///
  /// - Throws: ``TrainingError/nonFinite(_:)`` if that is to end.
  private func recover(from result: StepResult) throws {
    let isFirst = recovery.skippedSteps == 0
    switch experiment.nonFinite {
    case .skip where !result.isUpdated && recovery.skippedSteps < NonFinitePolicy.longestSkip:
      recovery.skippedSteps += 1
      if isFirst { report(.skippedStep(try describe(result))) }
      try finish(result)
    case .rollback where recovery.learningRateScale > NonFinitePolicy.smallestScale:
      try rollBack(from: result)
    case .halt, .skip, .rollback:
      throw TrainingError.nonFinite(try describe(result))
    }
  }

  /// Writes down what is known of a step that is not finite.
  private func describe(_ result: StepResult) throws -> NonFiniteReport {
    let description = try trainer.report(
      done, result, session, learningRateScale: recovery.learningRateScale)
    try run.directory.save(report: description, step: description.step)
    return description
  }

  private func rollBack(from result: StepResult) throws {
    let description = try describe(result)
    // Not to one that is there because the run was stopped: a run that was not has none.
    let checkpoint = try run.directory.latestCheckpoint(where: experiment.isSaved(after:))
    let state = try checkpoint.map(trainer.state) ?? trainer.initialState
    done = checkpoint?.step ?? 0
    session = try trainer.makeSession(from: state, at: done)
    savedSteps = done
    // Before the log is cut, of which they know too much.
    try run.directory.removeCheckpoints { $0 > done }
    isScored = !experiment.isScored(after: done)
    recovery.learningRateScale /= 2
    recovery.skippedSteps = 0
    try metrics.cut(to: checkpoint?.metricsOffset ?? 0)
    try metrics.append(
      MetricsRecord.rollback(
        RollbackRecord(
          step: done, learningRateScale: recovery.learningRateScale,
          nonFiniteStep: description.step)))
    metricsOffset = metrics.offset
    report(.rolledBack(description, to: done, learningRateScale: recovery.learningRateScale))
  }
}

extension Experiment {
  /// Whether held-out tasks are looked at after so many steps.
  func isScored(after done: Int) -> Bool {
    done > 0 && (done == steps || done % heldOut.interval == 0)
  }

  /// Whether there is a checkpoint after so many steps, wherever the run is stopped.
  func isSaved(after done: Int) -> Bool { done == steps || done % checkpointInterval == 0 }
}
