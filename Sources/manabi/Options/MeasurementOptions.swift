import ArgumentParser
import CPUEngine

/// The options of commands that draw tasks and measure models on them.
struct MeasurementOptions: ParsableArguments {
  @Option(help: "Names the tasks and the bootstrap resamples.")
  var seed = 1
  @Option(help: "Threads that compute; all cores if not given.")
  var workers: Int?

  func validate() throws {
    guard seed >= 0 else { throw ValidationError("--seed has to be at least 0.") }
  }

  /// The engine that runs the models.
  ///
  /// - Throws: ``CommandError`` if `--workers` is no count of threads; `EngineError` if there is no
  ///   engine for this processor.
  func engine() throws -> CPUEngine {
    try CPUEngine(workers: try Workers.count(workers))
  }
}
