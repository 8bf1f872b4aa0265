import ArgumentParser
import CPUEngine
import Dispatch
import MetaTraining
import Reporting
import Reproductions
import Storage

struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Runs published results again, and says which of them hold here.",
    discussion: """
      Trains what is not trained yet, measures, and compares each number with the published one. Stopped, it goes on \
      where it was. Fails if a claim does not hold.

        manabi reproduce --list
        manabi reproduce T1 T4
        manabi reproduce --json
        manabi reproduce T6 --tier full
      """)

  @Argument(help: "Claims by their ids, such as T1; all if none is given.")
  var ids: [String] = []
  @Option(help: "quick: ten minutes of two cores each at most; full: the published size.")
  var tier = Tier.quick
  @Flag(help: "List the claims and what they cost, and do nothing.")
  var list = false
  @Option(help: "The directory of the runs.")
  var runs = "checkpoints/reproduce"
  @Option(help: "Threads that compute; all cores if not given.")
  var workers: Int?
  @Flag(help: "Print JSON.")
  var json = false
  @OptionGroup var report: ReportOptions

  func run() throws {
    if list { return try ReproductionList(Reproduction.all).print(json: json) }
    let chosen = try Self.chosen(ids, tier)
    for reproduction in chosen { try reproduction.procedure(tier)?.requirement() }
    let engine = try CPUEngine(workers: try Workers.count(workers))
    if tier == .full { try announceCost(of: chosen, engine) }
    let view = ReproductionView(directory: runs)
    let laboratory = Laboratory(
      engine: engine, directory: runs, software: SoftwareVersion.text,
      shouldStop: { StopSignal.isRequested }, report: view.show)
    var results: [ReproductionResult] = []
    for reproduction in chosen {
      Output.note("\(reproduction.id): \(reproduction.claim)")
      let began = DispatchTime.now().uptimeNanoseconds
      let judgement = try StopSignal.whileListening {
        try laboratory.carryOut(reproduction, tier)
      }
      view.finish()
      guard let judgement else {
        Output.note("Stopped with a checkpoint. Run the same command again to go on.")
        throw ExitCode(ExitStatus.stopped.rawValue)
      }
      let seconds = Double(DispatchTime.now().uptimeNanoseconds - began) * 1e-9
      let result = ReproductionResult(reproduction, tier, judgement, seconds: seconds)
      results.append(result)
      if !json { try Output.text(result.text) }
      let place = laboratory.directory(of: reproduction, tier)
      try POSIXFileSystem().createDirectory(place)
      try report.save(result.report, in: place, as: "report")
    }
    if json { try Output.json(results.map(\.summary)) }
    let failed = results.filter { !$0.judgement.holds }
    guard failed.isEmpty else {
      Output.note(
        "\(failed.count) of \(results.count) do not hold: "
          + failed.map(\.reproduction.id).joined(separator: ", "))
      throw ExitCode.failure
    }
  }

  /// - Throws: ``CommandError`` if there is no such claim, or none of this size.
  private static func chosen(_ ids: [String], _ tier: Tier) throws -> [Reproduction] {
    let known = Reproduction.all
    let named = try ids.map { id in
      guard let found = known.first(where: { $0.id.lowercased() == id.lowercased() }) else {
        throw CommandError.invalid(
          "\(id) is no claim that can be reproduced; there are "
            + known.map(\.id).joined(separator: ", "))
      }
      guard found.procedure(tier) != nil else {
        throw CommandError.invalid(
          tier == .full
            ? "\(id) has no full tier: its quick tier has the published size"
            : "\(id) has no quick tier: add --tier full")
      }
      return found
    }
    return ids.isEmpty ? known.filter { $0.procedure(tier) != nil } : named
  }

  /// Says what the runs will take, from the time of some steps of each.
  private func announceCost(of reproductions: [Reproduction], _ engine: CPUEngine) throws {
    var times = StepTimes(on: engine)
    for reproduction in reproductions {
      for run in reproduction.procedure(tier)?.runs ?? [] {
        let seconds = try times.seconds(of: run.experiment)
        Output.note(
          "\(reproduction.id) \(run.name): \(run.experiment.steps) steps of "
            + "\(seconds.fixed(3)) s, \((seconds * Double(run.experiment.steps)).duration) "
            + "on this machine")
      }
    }
  }
}

extension Tier: ExpressibleByArgument {}
