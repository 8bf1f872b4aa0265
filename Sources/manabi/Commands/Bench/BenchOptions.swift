import ArgumentParser
import ComputeGraph
import Dispatch
import MetaTraining

/// What every measurement of training steps has to know.
struct BenchOptions: ParsableArguments {
  @Option(
    help: """
      What to train: \(Recipe.workloads.map(\.name).joined(separator: ", ")), a recipe or a YAML file.
      """)
  var workload = "d64"
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: "Change a setting of the experiment, such as model.width=128 or format=paired.")
  var overrides: [String] = []
  @Option(help: "The precision of the matrix products; the experiment's own if not given.")
  var precision: Precision?
  @Flag(help: "Print JSON.")
  var json = false

  var experiment: Experiment {
    get throws {
      let overrides = overrides + (precision.map { ["precision=\($0.rawValue)"] } ?? [])
      return try Recipe.experiment(
        workload, overrides: overrides, among: Recipe.workloads + Recipe.all)
    }
  }

  /// The clock by which the engine measures.
  static let clock: @Sendable () -> UInt64 = { DispatchTime.now().uptimeNanoseconds }
}

extension Precision: ExpressibleByArgument {}
