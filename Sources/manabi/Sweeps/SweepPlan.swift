import MetaTraining
import Reporting

/// The points of a sweep, how far they are and what the rest costs.
struct SweepPlan {
  private let sweep: Sweep
  private let workers: Int
  private let states: [SweepDirectory.Progress]
  let cost: SweepCost
  /// The points that are not finished.
  let unfinished: [SweepPoint]
  /// Steps taken of those, by name.
  let done: [String: Int]

  /// - Throws: `TrainingError` if the run of a point belongs to another experiment, or a point
  ///   cannot be trained here; `StorageError` if a run cannot be read.
  init(_ sweep: Sweep, in directory: SweepDirectory, workers: Int) throws {
    self.sweep = sweep
    self.workers = workers
    states = try sweep.points.map { try directory.progress(of: $0) }
    var (unfinished, done) = ([SweepPoint](), [String: Int]())
    for (point, state) in zip(sweep.points, states) {
      if case .begun(let step) = state {
        unfinished.append(point)
        done[point.name] = step
      }
    }
    (self.unfinished, self.done) = (unfinished, done)
    cost = try SweepCost(of: unfinished)
  }

  private func secondsLeft(_ point: SweepPoint) -> Double {
    done[point.name].map { cost.seconds(point.experiment.steps - $0, of: point) } ?? 0
  }

  private var seconds: Double { SweepCost.seconds(unfinished.map(secondsLeft), workers: workers) }

  /// One line.
  var summary: String {
    let steps = unfinished.reduce(0) { $0 + $1.experiment.steps - (done[$1.name] ?? 0) }
    return
      "\(sweep.points.count) points, \(sweep.points.count - unfinished.count) of them finished; "
      + "\(steps) steps to go: about \(ProgressLine.clock(seconds)) with \(workers) at a time."
  }

  /// Lists the points.
  ///
  /// - Throws: ``OutputError`` if they cannot be printed.
  func print(json: Bool) throws {
    let entries = sweep.points.map { point in
      Entry(
        name: point.name, stepsDone: done[point.name] ?? point.experiment.steps,
        steps: point.experiment.steps, secondsLeft: secondsLeft(point))
    }
    if json { return try Output.json(Listing(points: entries, seconds: seconds, workers: workers)) }
    var table = TextTable(
      columns: [
        .init("point", .words), .init("done", .numbers(digits: 0)),
        .init("of steps", .numbers(digits: 0)), .init("seconds left", .numbers(digits: 0)),
      ])
    for entry in entries {
      table.append([
        .words(entry.name), .number(Double(entry.stepsDone)), .number(Double(entry.steps)),
        .number(entry.secondsLeft),
      ])
    }
    try Output.text(table.rendered() + summary)
  }

  private struct Entry: Encodable {
    let name: String
    let stepsDone: Int
    let steps: Int
    let secondsLeft: Double
  }

  private struct Listing: Encodable {
    let points: [Entry]
    /// Until all are done.
    let seconds: Double
    let workers: Int
  }
}
