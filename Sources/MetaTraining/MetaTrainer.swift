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
  private let taskSet: TaskSetSource?

  /// - Parameter taskSet: what to read the episodes from, if they are not to be drawn.
  /// - Throws: what keeps the experiment's family from being prepared.
  package init(
    _ experiment: Experiment, engine: any Engine, taskSet reader: TaskSetReader? = nil
  ) throws {
    self.experiment = experiment
    self.engine = engine
    model = experiment.sequenceModel
    let layout = model.layout
    taskSet = reader.map { TaskSetSource($0, layout: layout, batchSize: experiment.batchSize) }
    source =
      try taskSet
      ?? EpisodeSource(
        family: experiment.family.makeFamily(), layout: layout,
        key: RunStream.training.key(seed: experiment.seed))
  }

  package var program: TrainingProgram {
    model.trainingProgram(
      batchSize: experiment.batchSize, laneCount: experiment.laneCount,
      update: experiment.optimizer.program)
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

  /// - Throws: ``TrainingError/unsupported(_:)`` if the engine does not multiply in the experiment's
  ///   precision; `EngineError` if it cannot run the program.
  package func makeSession(from state: TrainingState) throws -> any TrainingSession {
    try checkEngine()
    return try engine.compile(program, from: state, source: source)
  }

  /// Takes step number `step`, from zero.
  ///
  /// - Parameter scale: of the learning rate.
  /// - Throws: `StorageError` if the task set cannot be read; `EngineError` if a kernel fails.
  package func step(
    _ step: Int, _ session: any TrainingSession, learningRateScale scale: Double = 1
  ) throws -> StepResult {
    let schedule = experiment.optimizer.schedule(step: step, of: experiment.steps)
    try taskSet?.prepare(step)
    return try session.step(
      step,
      schedule: UpdateSchedule(
        learningRate: Float(scale) * schedule.learningRate,
        firstCorrection: schedule.firstCorrection, secondCorrection: schedule.secondCorrection))
  }

  /// The parameters, or an optimiser slot, by name.
  package func named(_ tensors: [Tensor]) -> [NamedTensor] {
    zip(model.parameters, tensors).map {
      NamedTensor(name: $0.name, axes: $0.axes, tensor: $1)
    }
  }
}
