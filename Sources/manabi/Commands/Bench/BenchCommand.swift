import ArgumentParser

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measures the speed of the engine and of drawing tasks.",
    subcommands: [
      BenchStepCommand.self, BenchPeakCommand.self, BenchProductsCommand.self,
      BenchKernelsCommand.self, BenchSamplingCommand.self, BenchFamiliesCommand.self,
    ])
}
