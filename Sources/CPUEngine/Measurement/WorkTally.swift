/// What one worker's time went into.
///
/// Sendable because one worker alone uses it while a region runs.
final class WorkTally: @unchecked Sendable {
  private let now: NanosecondClock
  private var last: UInt64 = 0
  private(set) var nanoseconds: [UInt64]
  private(set) var calls: [Int]

  /// - Parameter count: how many kinds and sizes of work there are.
  init(count: Int, now: @escaping NanosecondClock) {
    self.now = now
    nanoseconds = [UInt64](repeating: 0, count: count)
    calls = [Int](repeating: 0, count: count)
  }

  /// Begins anew to measure, from this moment.
  func start() { last = now() }

  /// Counts the time since the last call of this or ``start()`` as a call of work number `work`.
  func finish(_ work: Int) {
    let time = now()
    nanoseconds[work] += time - last
    calls[work] += 1
    last = time
  }

  /// Forgets everything.
  func reset() {
    for work in calls.indices { (nanoseconds[work], calls[work]) = (0, 0) }
  }
}
