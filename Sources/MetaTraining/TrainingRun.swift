package import ComputeGraph
internal import Configuration
internal import Models
package import Storage
package import Tensors

/// One run of an experiment in a directory of its own: steps, metrics, held-out scores,
/// checkpoints.
///
/// A run that was stopped and resumed ends with the same bytes as one that was not.
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
    case step(done: Int, StepResult)
    case scored(done: Int, HeldOutScore)
    case saved(path: String)
  }

  private let trainer: MetaTrainer
  private let engine: any Engine
  private let directory: RunDirectory
  private let software: String
  private let experimentText: String

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
  ///   - resume: whether to continue; a run without checkpoint is then an error, as is an existing
  ///     one otherwise.
  ///   - shouldStop: asked after each step; if true, the run saves and returns.
  ///   - report: hears of every step, score and checkpoint.
  /// - Throws: ``TrainingError``, `StorageError`, `EngineError`.
  package func train(
    resume: Bool, shouldStop: () -> Bool = { false }, report: (Event) -> Void = { _ in }
  ) throws -> Outcome {
    try trainer.checkEngine()
    let (state, done, offset) = try resume ? latest(report) : begin()
    let session = try trainer.makeSession(from: state)
    let metrics = try MetricsLog(directory.metricsPath, keeping: offset)
    let evaluator = try HeldOutEvaluator(trainer, parameters: state.parameters, engine: engine)
    let experiment = trainer.experiment
    for step in done..<max(done, experiment.steps) {
      let result = try trainer.step(step, session)
      let (count, isLast) = (step + 1, step + 1 == experiment.steps)
      report(.step(done: count, result))
      try metrics.append(
        StepRow(step: count, loss: result.loss, gradientNorm: result.gradientNorm))
      if isLast || count % experiment.heldOut.interval == 0 {
        let score = try evaluator.score(session.state.parameters)
        try metrics.append(ScoreRow(step: count, heldOut: score))
        report(.scored(done: count, score))
      }
      let stops = shouldStop() && !isLast
      if isLast || stops || count % experiment.checkpointInterval == 0 {
        report(.saved(path: try save(session.state, step: count, metrics)))
      }
      if stops { return .stopped(step: count) }
    }
    return .finished
  }

  private typealias Start = (state: TrainingState, done: Int, metricsOffset: Int)

  private func begin() throws -> Start {
    // A run that died before its first checkpoint has nothing to continue from: it begins anew.
    if directory.exists {
      guard try directory.checkpointSteps().isEmpty else {
        throw TrainingError.exists(run: directory.path)
      }
      try check(try directory.experiment())
    } else {
      try directory.create(experiment: experimentText)
    }
    return (trainer.initialState, 0, 0)
  }

  private func latest(_ report: (Event) -> Void) throws -> Start {
    guard directory.exists else { throw TrainingError.nothingToResume(run: directory.path) }
    try directory.removeStaleFiles()
    let skipped = { (error: StorageError) in report(.skipped(error)) }
    guard let checkpoint = try directory.latestCheckpoint(reportingSkipped: skipped) else {
      throw TrainingError.nothingToResume(run: directory.path)
    }
    try check(checkpoint.experiment)
    return (try trainer.state(of: checkpoint), checkpoint.step, checkpoint.metricsOffset)
  }

  /// - Throws: ``TrainingError/differs(run:difference:)`` if the run belongs to another experiment.
  private func check(_ known: String) throws {
    guard known == experimentText else {
      throw TrainingError.differs(
        run: directory.path, difference: Self.difference(known, experimentText))
    }
  }

  private func save(
    _ state: TrainingState, step: Int, _ metrics: MetricsLog
  ) throws -> String {
    try metrics.synchronize()
    let checkpoint = Checkpoint(
      step: step, experiment: experimentText, seed: UInt64(trainer.experiment.seed),
      parameters: trainer.named(state.parameters),
      optimizerState: state.slots.mapValues(trainer.named),
      metricsOffset: metrics.offset, software: software)
    return try directory.save(checkpoint)
  }

  /// The first line in which two experiments differ.
  private static func difference(_ known: String, _ asked: String) -> String {
    let (left, right) = (known.split(separator: "\n"), asked.split(separator: "\n"))
    for (a, b) in zip(left, right) where a != b {
      let (a, b) = (a.drop { $0 == " " }, b.drop { $0 == " " })
      return "it has `\(a)`, and `\(b)` was asked for"
    }
    return "the two name different settings"
  }
}

/// A line of the metrics: one training step.
private struct StepRow: Encodable {
  let step: Int
  let loss: Float
  let gradientNorm: Float
}

/// A line of the metrics: the held-out tasks after so many steps.
private struct ScoreRow: Encodable {
  let step: Int
  let heldOut: HeldOutScore
}

extension MetaTrainer {
  /// The state that a checkpoint holds.
  ///
  /// - Throws: ``TrainingError/foreignParameters(_:)`` if it lacks a parameter or one has another
  ///   shape.
  package func state(of checkpoint: Checkpoint) throws -> TrainingState {
    TrainingState(
      parameters: try tensors(checkpoint.parameters),
      slots: try checkpoint.optimizerState.mapValues(tensors))
  }

  /// Tensors in the order of the model's parameters.
  ///
  /// - Throws: ``TrainingError/foreignParameters(_:)`` if one is missing or has another shape.
  package func tensors(_ named: [NamedTensor]) throws -> [Tensor] {
    let known = Dictionary(named.map { ($0.name, $0.tensor) }) { first, _ in first }
    return try transformer.parameters.map { description in
      guard let tensor = known[description.name] else {
        throw TrainingError.foreignParameters("\(description.name) is missing")
      }
      guard tensor.shape == description.shape else {
        throw TrainingError.foreignParameters(
          "\(description.name) is \(tensor.shape) and has to be \(description.shape)")
      }
      return tensor
    }
  }
}
