import CPUEngine
import MetaTraining

/// What a sweep costs on this machine, by timing some steps of each kind of step.
struct SweepCost {
  /// Seconds of a step, by the name of the point.
  private let secondsOfStep: [String: Double]

  /// Times the steps of some points, on one core.
  ///
  /// - Throws: `TrainingError` or `EngineError` if a point cannot be trained here; what keeps a
  ///   family from being prepared.
  init(of points: [SweepPoint]) throws {
    var times = StepTimes(on: try CPUEngine(workers: 1))
    var seconds: [String: Double] = [:]
    for point in points { seconds[point.name] = try times.seconds(of: point.experiment) }
    secondsOfStep = seconds
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
