import ComputeGraph
import Dispatch
import MetaTraining

/// How long the steps of an experiment take here.
enum StepTime {
  /// The least of three steps, in seconds, after one to warm up.
  ///
  /// - Throws: `TrainingError` or `EngineError` if it cannot be trained here; what keeps its family
  ///   from being prepared.
  static func seconds(of experiment: Experiment, _ engine: any Engine) throws -> Double {
    let trainer = try MetaTrainer(experiment, engine: engine)
    let session = try trainer.makeSession(from: trainer.initialState)
    let times = try (0..<4).map { step in
      let start = DispatchTime.now().uptimeNanoseconds
      _ = try trainer.step(step, session)
      return Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
    }
    return times.dropFirst().min() ?? 0
  }

  /// A time in the unit that suits it.
  static func words(_ seconds: Double) -> String {
    let units = [(86_400.0, "days"), (3600, "hours"), (60, "minutes")]
    for (length, name) in units where seconds >= 2 * length {
      return "\(Int((seconds / length).rounded())) \(name)"
    }
    return "\(Int(seconds.rounded(.up))) seconds"
  }
}
