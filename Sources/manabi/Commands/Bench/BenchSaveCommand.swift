import ArgumentParser
import CPUEngine
import ComputeGraph
import Dispatch
import Foundation
import MetaTraining
import Models
import Reporting
import Storage
import Tensors

struct BenchSaveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "save",
    abstract: "Times saving a checkpoint, stage by stage.",
    discussion: """
      Training waits for the private copy of its state; the rest goes on in the background. Prints medians over \
      the rounds, the first copy, which finds no memory to use again, and what the saves added to the peak of memory.

        manabi bench save
        manabi bench save quickstart-regression --rounds 20 --directory /mnt/runs
      """)

  @Argument(help: "What would be trained: a workload, a recipe or a YAML file.")
  var experiment = "d256"
  @Option(help: "Saves to time, after a first one.")
  var rounds = 7
  @Option(help: "Where to write; nothing is left there.")
  var directory = "."
  @Option(help: "Threads that compute; all cores if not given.")
  var workers: Int?
  @Flag(help: "Print JSON.")
  var json = false

  struct Result: Encodable {
    let experiment: String
    let parameters: Int
    let bytes: Int
    /// Of the image, the same wherever the experiment's initial state is saved.
    let sha256: String
    let firstCopyMilliseconds: Double
    let copyMilliseconds: Double
    let imageMilliseconds: Double
    let sealMilliseconds: Double
    let writeMilliseconds: Double
    let synchronizeMilliseconds: Double
    let backgroundMilliseconds: Double
    let addedMebibytes: Double?
    let peakResidentMebibytes: Double?
  }

  func validate() throws {
    guard (1...1000).contains(rounds) else {
      throw ValidationError("--rounds has to be from 1 to 1000.")
    }
  }

  func run() throws {
    let result = try measure()
    if json { return try Output.json(result) }
    var table = TextTable(
      columns: [.init("stage", .words), .init("ms", .numbers(digits: 1))])
    for (stage, milliseconds) in [
      ("copy, training waits", result.copyMilliseconds),
      ("first copy", result.firstCopyMilliseconds), ("image", result.imageMilliseconds),
      ("write", result.writeMilliseconds), ("rest of the hash", result.sealMilliseconds),
      ("fsync and rename", result.synchronizeMilliseconds),
      ("background, together", result.backgroundMilliseconds),
    ] {
      table.append([.words(stage), .number(milliseconds)])
    }
    try Output.text(table.rendered(), terminator: "")
    let memory = result.addedMebibytes.map { ", \($0.fixed(0)) MiB more at the peak" } ?? ""
    try Output.text("\(result.parameters) parameters, \(result.bytes) bytes\(memory)")
  }

  private func measure() throws -> Result {
    let experiment = try Recipe.experiment(
      self.experiment, overrides: [], among: Recipe.workloads + Recipe.all)
    let engine = try CPUEngine(workers: try Workers.count(workers))
    let trainer = try MetaTrainer(experiment, engine: engine)
    let session = try trainer.makeSession(from: trainer.initialState)
    let path = "\(directory)/.manabi-bench-save-\(ProcessInfo.processInfo.processIdentifier).h5"
    defer { try? POSIXFileSystem().remove(path) }
    let before = PeakMemory.mebibytes
    var copies: [Double] = []
    var costs: [SaveCost] = []
    for _ in 0...rounds {
      let start = BenchOptions.clock()
      let state = try session.state
      copies.append(Double(BenchOptions.clock() - start) * 1e-6)
      let checkpoint = Checkpoint(
        step: 0, experiment: self.experiment, seed: UInt64(experiment.seed),
        parameters: trainer.named(state.parameters),
        optimizerState: state.slots.mapValues(trainer.named), software: SoftwareVersion.text)
      costs.append(try checkpoint.measureSave(to: path, now: BenchOptions.clock))
    }
    let peak = PeakMemory.mebibytes
    func median(_ stage: KeyPath<SaveCost, UInt64>) -> Double {
      (costs.dropFirst().map { Double($0[keyPath: stage]) * 1e-6 }.median).roundedToTenths
    }
    return Result(
      experiment: self.experiment,
      parameters: trainer.model.parameters.reduce(0) { $0 + $1.shape.count },
      bytes: costs[0].byteCount, sha256: costs[0].digest,
      firstCopyMilliseconds: copies[0].roundedToTenths,
      copyMilliseconds: Array(copies.dropFirst()).median.roundedToTenths,
      imageMilliseconds: median(\.image), sealMilliseconds: median(\.seal),
      writeMilliseconds: median(\.write), synchronizeMilliseconds: median(\.synchronize),
      backgroundMilliseconds: median(\.total),
      addedMebibytes: peak.flatMap { peak in before.map { (peak - $0).roundedToTenths } },
      peakResidentMebibytes: peak?.roundedToTenths)
  }
}
