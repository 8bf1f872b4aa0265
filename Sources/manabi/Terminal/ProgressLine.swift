import Foundation

/// The state of long work on standard error: one line that changes on a terminal, a new line now
/// and then elsewhere.
final class ProgressLine {
  private let total: Int
  private let start: Int
  private let unit: String
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let began = DispatchTime.now().uptimeNanoseconds
  private var shown: UInt64 = 0

  /// - Parameters:
  ///   - start: steps that were done before.
  ///   - total: steps of the whole work.
  ///   - unit: how one step of the work is called.
  init(from start: Int, to total: Int, unit: String = "step") {
    self.unit = unit
    self.start = start
    self.total = total
  }

  /// Shows a state, unless one was shown a moment ago.
  ///
  /// - Parameters:
  ///   - done: steps done so far.
  ///   - state: what else there is to say, such as the loss.
  func show(_ done: Int, _ state: @autoclosure () -> String) {
    let now = DispatchTime.now().uptimeNanoseconds
    let interval: UInt64 = isTerminal ? 200_000_000 : 5_000_000_000
    guard now - shown >= interval || done == total else { return }
    shown = now
    let seconds = Double(now - began) * 1e-9
    let rate = seconds > 0.1 ? Double(done - start) / seconds : 0
    let left = rate > 0 ? Double(total - done) / rate : 0
    let speed = rate > 0 ? "  \(Self.format(rate)) \(unit)s/s  \(Self.clock(left)) left" : ""
    let line = "\(unit) \(done)/\(total)  \(state())\(speed)"
    Output.news(isTerminal ? "\r\u{1B}[K\(line)" : "\(line)\n")
  }

  /// Prints a line of news above the state, on a terminal only if it is `important`: there the
  /// state itself says how things are.
  func note(_ text: String, important: Bool) {
    guard isTerminal else { return Output.note(text) }
    if important { Output.news("\r\u{1B}[K\(text)\n") }
  }

  /// Ends the line, so that what follows starts on a new one.
  func finish() {
    if isTerminal, shown > 0 { Output.news("\n") }
  }

  private static func format(_ rate: Double) -> String {
    String(format: rate < 10 ? "%.2f" : "%.0f", rate)
  }

  /// A time for people, such as `5:02` or `1:05:02`.
  static func clock(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    return whole < 3600
      ? String(format: "%d:%02d", whole / 60, whole % 60)
      : String(format: "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
  }
}
