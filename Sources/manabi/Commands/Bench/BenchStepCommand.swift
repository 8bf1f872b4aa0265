import ArgumentParser
import CPUEngine
import ComputeGraph
import Dispatch
import Foundation
import MetaTraining
import Reporting

struct BenchStepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "step",
    abstract: "Times whole training steps: sampling, forward, backward, update.",
    discussion: """
      Prints the median over the timed steps, the useful operations a second, and the most memory that the \
      program ever held. Any experiment can be timed; `make bench` sets the reference workloads beside PyTorch and JAX.

        manabi bench step --workload d64
        manabi bench step --workload d64 --set format=paired --set batchSize=256
        manabi bench step --workload my-experiment.yaml --plan
        manabi bench step --workload d64 --engine xla
      """)

  @OptionGroup var options: BenchOptions
  @OptionGroup var place: EngineOptions
  @Option(help: "Steps to time, after three to warm up; what takes about a second if not given.")
  var steps: Int?
  @Flag(help: "Print the kernels of a step, or the program of a launch, and stop.")
  var plan = false
  @Flag(help: "Print as JSON what a step computes, for Scripts/peers, and stop.")
  var describe = false

  struct Result: Encodable {
    let workload: String
    let precision: String
    let milliseconds: Double
    let gflops: Double
    let steps: Int
    let peakResidentMebibytes: Double?
  }

  struct Description: Encodable {
    let experiment: Experiment
    /// Useful floating-point operations of a step.
    let operations: Double
  }

  func validate() throws {
    if let steps { try StepProfile.validate(steps: steps) }
  }

  func run() throws {
    let experiment = try options.experiment
    if describe {
      return try Output.json(
        Description(experiment: experiment, operations: experiment.operationsPerStep))
    }
    let engine = try place.make()
    let trainer = try MetaTrainer(experiment, engine: engine)
    if plan { return try Output.text(try engine.planDescription(of: trainer.program(of: 0))) }
    let times = try milliseconds(trainer)
    let result = Result(
      workload: options.workload, precision: experiment.precision.rawValue,
      milliseconds: (times.median * 1000).rounded() / 1000,
      gflops: (experiment.operationsPerStep / times.median * 1e-6).roundedToTenths,
      steps: times.count, peakResidentMebibytes: PeakMemory.mebibytes?.roundedToTenths)
    if options.json { return try Output.json(result) }
    let memory = result.peakResidentMebibytes.map { ", at most \($0.fixed(0)) MiB resident" } ?? ""
    try Output.text(
      "\(result.workload) \(result.precision): \(result.milliseconds.fixed(2)) ms, "
        + "\(result.gflops.fixed(1)) GFLOP/s\(memory)")
  }

  /// The time of each timed step; that of a launch is divided evenly among its steps.
  private func milliseconds(_ trainer: MetaTrainer) throws -> [Double] {
    let session = try trainer.makeSession(from: trainer.initialState)
    var done = 0
    func take(atMost count: Int) throws -> [Double] {
      let start = DispatchTime.now().uptimeNanoseconds
      let steps = done..<done + min(count, session.stepsAtOnce)
      done += try trainer.steps(steps, session).count
      let time = Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-6
      return steps.map { _ in time / Double(steps.count) }
    }
    // Until launches have about the length that they will keep.
    var (warm, length, launches) = ([0.0], 0, 0)
    while done < 3 || (length != session.stepsAtOnce && launches < 10) {
      length = session.stepsAtOnce
      warm = try take(atMost: .max)
      launches += 1
    }
    let count = steps ?? min(200, max(5, Int(1000 / warm[0])))
    var times: [Double] = []
    while times.count < count { times += try take(atMost: count - times.count) }
    return times
  }
}
