import ArgumentParser
import CPUEngine
import ComputeGraph
import MetaTraining
import Reporting

struct BenchProductsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "products",
    abstract: "Times each matrix product of a training step, in its place.",
    discussion: """
      Whole steps run on all workers, as in training, and every call is timed: what it reads lies where \
      the step left it. Shapes and counts are those of the engine's plan. GFLOP/s are of one core while all \
      work, their share is that of the peak that `bench peak` measures.
      """)

  @OptionGroup var options: BenchOptions
  @Option(help: "Threads that compute; all cores if not given.")
  var workers: Int?
  @Option(help: "Steps to time, after one to warm up.")
  var steps = 10

  struct Row: Encodable {
    let role: String
    let precision: String
    /// How many matrices, their rows, inner extent and columns.
    let matrices: Int
    let rows: Int
    let inner: Int
    let columns: Int
    /// Of a step.
    let calls: Int
    let gflopsPerCore: Double
    let shareOfPeak: Double
    /// Of the time in which workers compute.
    let shareOfStep: Double
  }

  struct Result: Encodable {
    let workload: String
    let peakGflopsPerCore: Double
    let products: [Row]
  }

  func validate() throws { try StepProfile.validate(steps: steps) }

  func run() throws {
    let engine = try CPUEngine(workers: try Workers.count(workers))
    let profile = try StepProfile(options, steps: steps, engine: engine)
    let peak = engine.measurePeak(now: BenchOptions.clock)
    let rows = profile.measurements.filter(\.work.kind.isProduct).map { measurement in
      let extents = measurement.work.extents
      return Row(
        role: measurement.work.kind.title, precision: measurement.work.precision.rawValue,
        matrices: extents[0], rows: extents[1],
        inner: extents[2], columns: extents[3], calls: measurement.calls,
        gflopsPerCore: measurement.rate.roundedToTenths,
        shareOfPeak: (measurement.rate / peak.perCore * 1000).rounded() / 1000,
        shareOfStep: profile.share(of: measurement))
    }
    if options.json {
      return try Output.json(
        Result(
          workload: options.workload, peakGflopsPerCore: peak.perCore.roundedToTenths,
          products: rows))
    }
    try Output.text(
      "\(options.workload): single-precision peak \(peak.perCore.fixed(1)) GFLOP/s of each core\n")
    try Output.text(table(rows).rendered(), terminator: "")
    if !peak.isFused { Output.note(BenchPeakCommand.unfused) }
  }

  private func table(_ rows: [Row]) -> TextTable {
    var table = TextTable(columns: [
      .init("product", .words), .init("precision", .words), .init("shape", .words),
      .init("calls", .numbers(digits: 0)),
      .init("GFLOP/s", .numbers(digits: 1)), .init("% of peak", .numbers(digits: 0)),
      .init("% of step", .numbers(digits: 1)),
    ])
    for row in rows {
      let matrices = row.matrices == 1 ? "" : "\(row.matrices) × "
      table.append([
        .words(row.role), .words(row.precision),
        .words("\(matrices)\(row.rows)×\(row.inner)×\(row.columns)"),
        .number(Double(row.calls)), .number(row.gflopsPerCore), .number(100 * row.shareOfPeak),
        .number(100 * row.shareOfStep),
      ])
    }
    return table
  }
}
