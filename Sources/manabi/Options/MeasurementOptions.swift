import ArgumentParser
import ComputeGraph

/// The options of commands that draw tasks and measure models on them.
struct MeasurementOptions: ParsableArguments {
  @Option(help: "Names the tasks and the bootstrap resamples.")
  var seed = 1
  @OptionGroup var place: EngineOptions

  func validate() throws {
    guard seed >= 0 else { throw ValidationError("--seed has to be at least 0.") }
  }

  /// The engine that runs the models.
  ///
  /// - Throws: see ``EngineOptions/make()``.
  func engine() throws -> any Engine { try place.make() }
}
