internal import Synchronization

/// Reads a clock that only moves forward, in nanoseconds. The engine has none of its own.
package typealias NanosecondClock = @Sendable () -> UInt64

extension CPUEngine {
  /// Times multiply-adds in registers on every worker at once.
  ///
  /// - Parameters:
  ///   - bursts: how often, at least once; the fastest counts, as others may use the cores, too.
  ///   - rounds: the length of a burst; a million takes a few milliseconds.
  package func measurePeak(
    bursts: Int = 40, rounds: Int = 4_000_000, now: @escaping NanosecondClock
  ) -> PeakMeasurement {
    let operations = Double(rounds * MultiplyAddLoop.operations)
    let rates = measureOnEachWorker(repetitions: bursts, now: now) { _ in
      // The result is used, or the compiler would leave the loop out.
      precondition(MultiplyAddLoop.run(rounds: rounds, factor: 0.75) > 0)
    }.map { nanoseconds in nanoseconds.map { operations / $0 } }
    let together = (0..<bursts).map { burst in rates.map { $0[burst] } }
    guard let fastest = together.max(by: { $0.reduce(0, +) < $1.reduce(0, +) }) else {
      preconditionFailure("A peak needs a burst.")
    }
    return PeakMeasurement(
      gigaflops: fastest, isFused: MultiplyAddLoop.isFused,
      lanes: MultiplyAddLoop.lanes)
  }

  /// Times some work that every worker does at once.
  ///
  /// - Returns: for each worker the nanoseconds of each repetition, at least one.
  package func measureOnEachWorker(
    repetitions: Int, now: @escaping NanosecondClock,
    _ work: @escaping @Sendable (_ worker: Int) -> Void
  ) -> [[Double]] {
    let times = Mutex([[Double]](repeating: [], count: pool.count))
    for _ in 0..<repetitions {
      pool.run { [pool] worker in
        pool.barrier()
        let start = now()
        work(worker)
        let elapsed = max(1, now() - start)
        times.withLock { $0[worker].append(Double(elapsed)) }
      }
    }
    return times.withLock { $0 }
  }
}

extension [Double] {
  /// The middle one in order of size, the upper of the two in the middle of an even number.
  package var median: Double {
    precondition(!isEmpty, "A median needs a number.")
    return sorted()[count / 2]
  }
}
