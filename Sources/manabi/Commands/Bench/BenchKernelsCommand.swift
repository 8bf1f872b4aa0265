import ArgumentParser
import CPUEngine
import ComputeGraph
import MetaTraining
import Models
import RandomKeys
import Reporting

struct BenchKernelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernels",
    abstract: "Times each loop of the engine in elements a nanosecond.",
    discussion: """
      Whole training steps run on all workers, and every call is timed in its place; matrix products are \
      `bench products`. Rates are of one core while all work. An element of attention is a pair of a query and \
      a key that it sees, in one head. What training steps do not call is timed in forward passes, and \
      drawing normal numbers by itself; such rows have no share of a step.
      """)

  @OptionGroup var options: BenchOptions
  @Option(help: "Threads that compute; all cores if not given.")
  var workers: Int?
  @Option(help: "Steps to time, after one to warm up.")
  var steps = 10

  struct Row: Encodable {
    let kernel: String
    /// Elements are their product.
    let extents: [Int]
    let elementsPerNanosecond: Double
    /// Of a step; none outside of training.
    var calls: Int?
    /// Of the time in which workers compute.
    var shareOfStep: Double?
  }

  struct Result: Encodable {
    let workload: String
    let kernels: [Row]
  }

  func validate() throws { try StepProfile.validate(steps: steps) }

  func run() throws {
    let engine = try CPUEngine(workers: try Workers.count(workers))
    let profile = try StepProfile(options, steps: steps, engine: engine)
    let rows =
      trained(profile) + (try forward(engine, besides: profile)) + [normals(engine)]
    if options.json {
      return try Output.json(Result(workload: options.workload, kernels: rows))
    }
    try Output.text(table(rows).rendered(), terminator: "")
  }

  private func trained(_ profile: StepProfile) -> [Row] {
    profile.measurements.filter { !$0.work.kind.isProduct }.map {
      Row(
        kernel: $0.work.kind.title, extents: $0.work.extents,
        elementsPerNanosecond: $0.rate.roundedToHundredths, calls: $0.calls,
        shareOfStep: profile.share(of: $0))
    }
  }

  /// The loops that a forward pass calls and a training step does not.
  private func forward(_ engine: CPUEngine, besides profile: StepProfile) throws -> [Row] {
    let trainer = try MetaTrainer(options.experiment, engine: engine)
    let known = Set(profile.measurements.map(\.work.kind))
    return try engine.profile(
      trainer.model.inferenceProgram, parameters: trainer.initialState.parameters,
      passes: steps, now: BenchOptions.clock
    ).filter { !$0.work.kind.isProduct && !known.contains($0.work.kind) }.map {
      Row(
        kernel: $0.work.kind.title, extents: $0.work.extents,
        elementsPerNanosecond: $0.rate.roundedToHundredths)
    }
  }

  /// Normal numbers into memory that stays in the first-level cache.
  private func normals(_ engine: CPUEngine) -> Row {
    let (count, repetitions) = (4096, 64)
    let times = engine.measureOnEachWorker(repetitions: 21, now: BenchOptions.clock) { worker in
      var numbers = [Float](repeating: 0, count: count)
      var span = numbers.mutableSpan
      let key = RandomKey(seed: UInt64(worker))
      for draw in 0..<repetitions { key.folded(with: draw).fillNormals(&span) }
    }
    let rate = Double(count * repetitions) / times.flatMap(\.self).median
    return Row(
      kernel: "normal numbers", extents: [count],
      elementsPerNanosecond: rate.roundedToHundredths)
  }

  private func table(_ rows: [Row]) -> TextTable {
    var table = TextTable(columns: [
      .init("loop", .words), .init("extents", .words), .init("calls", .numbers(digits: 0)),
      .init("elements/ns", .numbers(digits: 2)), .init("% of step", .numbers(digits: 1)),
    ])
    for row in rows {
      table.append([
        .words(row.kernel), .words(row.extents.map(String.init).joined(separator: "×")),
        row.calls.map { .number(Double($0)) } ?? .absent, .number(row.elementsPerNanosecond),
        row.shareOfStep.map { .number(100 * $0) } ?? .absent,
      ])
    }
    return table
  }
}
