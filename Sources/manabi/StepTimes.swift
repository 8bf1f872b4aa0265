import CPUEngine
import ComputeGraph
import Dispatch
import MetaTraining
import Models
import Optimizers
import TaskFamilies

/// How long steps of experiments take on this machine. Of experiments whose steps take equally long,
/// one is timed.
struct StepTimes {
  /// What decides how long a step takes.
  private struct Kind: Hashable {
    let experiment: Experiment

    init(_ experiment: Experiment) {
      var experiment = experiment
      // What the time of a step does not depend on.
      experiment.seed = 0
      experiment.steps = 1
      experiment.checkpointInterval = 1
      experiment.heldOut = HeldOutSchedule()
      experiment.family = experiment.family.unlimited
      experiment.taskSet = nil
      experiment.curriculum = nil
      experiment.optimizer = AdamWConfiguration()
      self.experiment = experiment
    }
  }

  private let engine: any Engine
  private var known: [Kind: Double] = [:]

  init(on engine: any Engine) { self.engine = engine }

  /// The median of some steps, in seconds, after one to warm up.
  ///
  /// - Throws: `TrainingError` or `EngineError` if it cannot be trained here; what keeps its family
  ///   from being prepared.
  mutating func seconds(of experiment: Experiment) throws -> Double {
    let kind = Kind(experiment)
    let seconds = try known[kind] ?? time(kind.experiment)
    known[kind] = seconds
    return seconds
  }

  private func time(_ experiment: Experiment) throws -> Double {
    let trainer = try MetaTrainer(experiment, engine: engine)
    let session = try trainer.makeSession(from: trainer.initialState)
    var times: [Double] = []
    var total = 0.0
    while times.count < 4 || (total < 0.5 && times.count < 51) {
      let start = DispatchTime.now().uptimeNanoseconds
      _ = try trainer.step(times.count, session)
      times.append(Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9)
      total += times[times.count - 1]
    }
    return Array(times.dropFirst()).median
  }
}
