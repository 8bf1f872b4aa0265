import CPUEngine
import Dispatch
import Episodes
import MetaTraining
import Models
import Optimizers
import TaskFamilies

/// What a sweep costs on this machine, by timing some steps of each kind of step.
struct SweepCost {
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
      experiment.optimizer = AdamWConfiguration()
      self.experiment = experiment
    }
  }

  /// Seconds of a step, by the name of the point.
  private let secondsOfStep: [String: Double]

  /// Times the steps of some points, on one core.
  ///
  /// - Throws: `TrainingError` or `EngineError` if a point cannot be trained here; what keeps a
  ///   family from being prepared.
  init(of points: [SweepPoint]) throws {
    let engine = try CPUEngine(workers: 1)
    var known: [Kind: Double] = [:]
    var seconds: [String: Double] = [:]
    for point in points {
      let kind = Kind(point.experiment)
      let time = try known[kind] ?? Self.time(kind.experiment, engine)
      known[kind] = time
      seconds[point.name] = time
    }
    secondsOfStep = seconds
  }

  /// The median of some steps, in seconds, after one to warm up.
  private static func time(_ experiment: Experiment, _ engine: CPUEngine) throws -> Double {
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

  /// Seconds that a number of steps of a point take.
  func seconds(_ steps: Int, of point: SweepPoint) -> Double {
    Double(steps) * (secondsOfStep[point.name] ?? 0)
  }

  /// Seconds until all are done if each worker takes the next as soon as it is free.
  ///
  /// - Parameter jobs: the seconds of each, in order.
  static func seconds(_ jobs: [Double], workers: Int) -> Double {
    var ends = [Double](repeating: 0, count: workers)
    for job in jobs {
      let next = ends.indices.min { ends[$0] < ends[$1] } ?? 0
      ends[next] += job
    }
    return ends.max() ?? 0
  }
}
