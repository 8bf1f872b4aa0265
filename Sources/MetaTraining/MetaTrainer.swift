package import ComputeGraph
package import Models
internal import Episodes
internal import Optimizers
internal import RandomKeys
package import Storage
internal import TaskFamilies
package import Tensors

/// Takes the steps of an experiment on an engine. Keeps no files; ``TrainingRun`` does.
package struct MetaTrainer {
  package let experiment: Experiment
  package let model: any SequenceModel
  private let engine: any Engine
  /// Where the batches come from.
  package let source: any BatchSource

  /// - Parameter taskSet: what to read the episodes from, if they are not to be drawn.
  /// - Throws: what keeps the experiment's family from being prepared.
  package init(
    _ experiment: Experiment, engine: any Engine, taskSet reader: TaskSetReader? = nil
  ) throws {
    self.experiment = experiment
    self.engine = engine
    model = experiment.sequenceModel
    let layout = model.layout
    source =
      try reader.map { TaskSetSource($0, layout: layout, batchSize: experiment.batchSize) }
      ?? EpisodeSource(
        family: experiment.family.makeFamily(), layout: layout,
        key: RunStream.training.key(seed: experiment.seed), curriculum: experiment.curriculum)
  }

  /// The program of step number `step`, from zero.
  package func program(of step: Int) -> TrainingProgram {
    model.trainingProgram(
      batchSize: experiment.batchSize, laneCount: experiment.laneCount,
      predictionCount: predictionCount(in: step), update: experiment.optimizer.program)
  }

  /// How many predictions of an episode count in a step.
  private func predictionCount(in step: Int) -> Int {
    let layout = model.layout
    guard let curriculum = experiment.curriculum else { return layout.predictionCount }
    let examples = curriculum.stage(of: step, layout.shape).exampleCount
    return layout.predictedExamples.count { $0 < examples }
  }

  /// Fresh parameters and empty optimiser slots.
  package var initialState: TrainingState {
    let key = RunStream.initialParameters.key(seed: experiment.seed)
    let parameters = model.initialParameters(key).map(\.tensor)
    let zeros = parameters.map { Tensor(zeros: $0.shape) }
    let slots = experiment.optimizer.program.slots.map { ($0, zeros) }
    return TrainingState(
      parameters: parameters, slots: Dictionary(uniqueKeysWithValues: slots))
  }

  /// - Throws: ``TrainingError/unsupported(_:)`` if the engine does not multiply in the experiment's
  ///   precision.
  package func checkEngine() throws {
    guard engine.supports(experiment.precision) else {
      throw TrainingError.unsupported(experiment.precision)
    }
  }

  /// What takes steps from number `step` on, from zero.
  ///
  /// - Throws: ``TrainingError/unsupported(_:)`` if the engine does not multiply in the experiment's
  ///   precision; `EngineError` if it cannot run the program.
  package func makeSession(
    from state: TrainingState, at step: Int = 0
  ) throws -> any TrainingSession {
    try checkEngine()
    return try engine.compile(program(of: step), from: state, source: source)
  }

  /// What takes step number `step` after those before it: another session where the curriculum lets
  /// more predictions count.
  ///
  /// - Throws: `EngineError` if the engine cannot run the program.
  package func session(
    for step: Int, after session: any TrainingSession
  ) throws -> any TrainingSession {
    guard takesAnotherProgram(step) else { return session }
    return try makeSession(from: session.state, at: step)
  }

  /// Whether the step before ran another program.
  func takesAnotherProgram(_ step: Int) -> Bool {
    step > 0 && predictionCount(in: step) != predictionCount(in: step - 1)
  }

  /// Takes step number `step`, from zero.
  ///
  /// - Parameter scale: of the learning rate.
  /// - Throws: `StorageError` if the task set cannot be read; `EngineError` if a kernel fails.
  package func step(
    _ step: Int, _ session: any TrainingSession, learningRateScale scale: Double = 1
  ) throws -> StepResult {
    try session.step(step, schedule: schedule(of: step, learningRateScale: scale))
  }

  /// Takes steps of one program in succession, up to the first that is not finite.
  ///
  /// - Parameter scale: of the learning rate.
  /// - Throws: `StorageError` if the task set cannot be read; `EngineError` if a kernel fails.
  package func steps(
    _ steps: Range<Int>, _ session: any TrainingSession, learningRateScale scale: Double = 1
  ) throws -> [StepResult] {
    try session.take(steps) { schedule(of: $0, learningRateScale: scale) }
  }

  private func schedule(of step: Int, learningRateScale scale: Double) -> UpdateSchedule {
    let schedule = experiment.optimizer.schedule(step: step, of: experiment.steps)
    return UpdateSchedule(
      learningRate: Float(scale) * schedule.learningRate,
      firstCorrection: schedule.firstCorrection, secondCorrection: schedule.secondCorrection)
  }

  /// The parameters, or an optimiser slot, by name.
  package func named(_ tensors: [Tensor]) -> [NamedTensor] {
    zip(model.parameters, tensors).map {
      NamedTensor(name: $0.name, axes: $0.axes, tensor: $1)
    }
  }
}
