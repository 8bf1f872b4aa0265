import ArgumentParser

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measures the speed of the engine, of drawing tasks and of saving.",
    subcommands: [
      BenchStepCommand.self, BenchPeakCommand.self, BenchProductsCommand.self,
      BenchKernelsCommand.self, BenchSamplingCommand.self, BenchFamiliesCommand.self,
      BenchSaveCommand.self,
    ])
}
