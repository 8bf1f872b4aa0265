import Foundation
import MetaTraining
import Reporting

/// How a sweep goes, on standard error: one line that changes on a terminal, a new line now and then
/// elsewhere.
final class SweepView {
  private let cost: SweepCost
  private let workers: Int
  /// Steps taken of points that are not finished, by name.
  private var done: [String: Int]
  private let points: [SweepPoint]
  private let totalCount: Int
  private var endedNames: Set<String> = []
  private var running: [(name: String, news: PointNews)] = []
  private var failedCount = 0
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let clock = ContinuousClock()
  private let began: ContinuousClock.Instant
  private var shown: ContinuousClock.Instant?
  /// Estimated seconds of work that had been done before.
  private let workBefore: Double

  /// - Parameters:
  ///   - points: that are to be trained.
  ///   - done: steps taken of each.
  ///   - totalCount: of the points of the whole sweep.
  init(
    _ points: [SweepPoint], done: [String: Int], totalCount: Int, cost: SweepCost, workers: Int
  ) {
    self.points = points
    self.done = done
    self.totalCount = totalCount
    self.cost = cost
    self.workers = workers
    began = clock.now
    workBefore = points.reduce(0) { $0 + cost.seconds(done[$1.name] ?? 0, of: $1) }
  }

  func heard(_ point: SweepPoint, _ news: PointNews) {
    done[point.name] = news.step
    if let index = running.firstIndex(where: { $0.name == point.name }) {
      running[index].news = news
    } else {
      running.append((point.name, news))
    }
  }

  func ended(_ point: SweepPoint, _ outcome: SweepTrainer.Outcome) {
    running.removeAll { $0.name == point.name }
    switch outcome {
    case .finished:
      endedNames.insert(point.name)
      done[point.name] = point.experiment.steps
    case .stopped: break
    case .failed(_, let reason):
      endedNames.insert(point.name)
      failedCount += 1
      note("\(point.name) failed: \(reason)")
    }
  }

  func stops(_ count: Int) { note("Stopping: \(count) points save what they have.") }

  /// Shows how things are, unless that was done a moment ago.
  func refresh() {
    let interval = Duration.milliseconds(isTerminal ? 200 : 10_000)
    if let shown, clock.now - shown < interval { return }
    shown = clock.now
    Output.news(isTerminal ? "\r\u{1B}[K\(line)" : "\(line)\n")
  }

  func finish() {
    if isTerminal, shown != nil { Output.news("\n") }
  }

  private func note(_ text: String) {
    Output.note(isTerminal ? "\r\u{1B}[K\(text)" : text)
  }

  private var line: String {
    let ended = totalCount - points.count + endedNames.count - failedCount
    let failures = failedCount > 0 ? ", \(failedCount) failed" : ""
    let details = running.map {
      "\($0.name): \($0.news.step), loss \(Double($0.news.loss).fixed(3))"
    }
    let line =
      "\(ended)/\(totalCount) points\(failures)\(remaining)  \(details.joined(separator: "; "))"
    let limit = isTerminal ? (StandardOutput.errorWidth ?? 80) - 1 : Int.max
    return line.count > limit ? String(line.prefix(limit - 1)) + "…" : line
  }

  /// What was estimated of the time, corrected by how long the work has taken so far.
  private var remaining: String {
    let left = points.filter { !endedNames.contains($0.name) }.map { point in
      cost.seconds(point.experiment.steps - (done[point.name] ?? 0), of: point)
    }
    let work = points.reduce(0) { $0 + cost.seconds(done[$1.name] ?? 0, of: $1) } - workBefore
    let seconds = Double((clock.now - began).components.seconds)
    // Before a tenth of a minute, the estimate is better than what was seen.
    let busy = Double(min(workers, points.count))
    let slowness = seconds > 6 && work > 1 ? seconds * busy / work : 1
    let time = SweepCost.seconds(left, workers: workers) * max(slowness, 0.2)
    return "  \(ProgressLine.clock(time)) left"
  }
}
