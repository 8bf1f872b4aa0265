/// The works of a profile by number, and what their calls took, step by step.
final class WorkList {
  private(set) var works: [MeasuredWork] = []
  private var numbers: [MeasuredWork: Int] = [:]
  private var calls: [Int] = []
  /// For each work the mean nanoseconds of its calls, one number a step.
  private var means: [[Double]] = []

  /// The number of some work, a new one if it has none yet.
  func number(_ work: MeasuredWork) -> Int {
    if let known = numbers[work] { return known }
    numbers[work] = works.count
    works.append(work)
    calls.append(0)
    means.append([])
    return works.count - 1
  }

  /// Adds the tallies of a step, and resets them.
  func append(_ tallies: [WorkTally]) {
    for number in works.indices {
      calls[number] = tallies.reduce(0) { $0 + $1.calls[number] }
      let total = tallies.reduce(0) { $0 + $1.nanoseconds[number] }
      if calls[number] > 0 { means[number].append(Double(total) / Double(calls[number])) }
    }
    for tally in tallies { tally.reset() }
  }

  /// All works that were called.
  var measurements: [WorkMeasurement] {
    works.indices.filter { !means[$0].isEmpty }.map {
      WorkMeasurement(work: works[$0], calls: calls[$0], nanoseconds: means[$0].median)
    }
  }
}
