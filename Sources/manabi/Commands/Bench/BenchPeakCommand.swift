import ArgumentParser
import CPUEngine
import Reporting

struct BenchPeakCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "peak",
    abstract: "Times multiply-adds in registers on all cores at once.",
    discussion: """
      What it prints is the most that single-precision arithmetic can reach on this machine, and the measure \
      of `bench products` and `make bench`: the fastest of many bursts of some milliseconds.
      """)

  @Option(help: "Threads that compute; all cores if not given.")
  var workers: Int?
  @Flag(help: "Print JSON.")
  var json = false

  struct Result: Encodable {
    /// GFLOP/s of each core, all at work.
    let cores: [Double]
    let gflops: Double
    let gflopsPerCore: Double
    /// Whether the build has fused multiply-adds.
    let fused: Bool
    /// Numbers of a vector.
    let lanes: Int
  }

  func run() throws {
    let engine = try CPUEngine(workers: try Workers.count(workers))
    let peak = engine.measurePeak(now: BenchOptions.clock)
    if json {
      return try Output.json(
        Result(
          cores: peak.gigaflops.map(\.roundedToTenths), gflops: peak.total.roundedToTenths,
          gflopsPerCore: peak.perCore.roundedToTenths, fused: peak.isFused, lanes: peak.lanes))
    }
    var table = TextTable(
      columns: [.init("core", .words), .init("GFLOP/s", .numbers(digits: 1))])
    for (core, rate) in peak.gigaflops.enumerated() {
      table.append([.words("\(core)"), .number(rate)])
    }
    table.append([.words("together"), .number(peak.total)])
    try Output.text(table.rendered(), terminator: "")
    if !peak.isFused { Output.note(Self.unfused) }
  }

  /// Said wherever the number could be taken for the processor's.
  static let unfused = """
    This program was built without fused multiply-adds, so a multiplication and an addition were timed: \
    the processor may reach more. `make build` builds for the machine at hand.
    """
}

extension Double {
  /// Rounded to one digit after the point.
  var roundedToTenths: Double { (self * 10).rounded() / 10 }

  /// Rounded to two digits after the point.
  var roundedToHundredths: Double { (self * 100).rounded() / 100 }
}
