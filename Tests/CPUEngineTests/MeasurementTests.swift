import CPUEngine
import ComputeGraph
import Synchronization
import TestSupport
import Tensors
import Testing

/// What the engine measures, by a clock that ticks once each time it is read.
@Suite("Measurements")
struct MeasurementTests {
  /// A clock whose readings are `period` apart.
  private static func clock(period: UInt64) -> NanosecondClock {
    let time = Clock()
    return { time.next(period) }
  }

  private final class Clock: Sendable {
    private let time = Atomic<UInt64>(0)
    func next(_ period: UInt64) -> UInt64 { time.add(period, ordering: .relaxed).newValue }
  }

  private static func model() throws -> RecordTraining {
    let record = try #require(OperationRecord.differentiable.first { $0.name.hasPrefix("linear") })
    return try RecordTraining(record, laneCount: 4, episodesPerLane: 3)
  }

  @Test("A peak counts the operations of a round on each worker")
  func peak() throws {
    let engine = try CPUEngine(workers: 1)
    let slow = engine.measurePeak(bursts: 3, rounds: 10, now: Self.clock(period: 1000))
    let fast = engine.measurePeak(bursts: 3, rounds: 20, now: Self.clock(period: 500))
    #expect(slow.gigaflops.count == 1)
    // Twelve chains of a multiplication and an addition, ten times in a microsecond.
    #expect(slow.total == Double(10 * 12 * 2 * slow.lanes) / 1000)
    #expect(fast.perCore == 4 * slow.perCore)
  }

  @Test("Work is timed on every worker, as often as asked")
  func workers() throws {
    let engine = try CPUEngine(workers: 3)
    let calls = Atomic<Int>(0)
    let times = engine.measureOnEachWorker(repetitions: 4, now: Self.clock(period: 1)) { _ in
      calls.add(1, ordering: .relaxed)
    }
    #expect(calls.load(ordering: .relaxed) == 12)
    #expect(times.map(\.count) == [4, 4, 4])
    #expect(times.allSatisfy { $0.allSatisfy { $0 >= 1 } })
  }

  @Test("A profile counts each call of a step once", arguments: [1, 3])
  func profile(workers: Int) throws {
    let training = try Self.model()
    let engine = try CPUEngine(workers: workers)
    let measurements = try engine.profile(
      training.program, from: training.state, source: WeightSource(), steps: 2,
      now: Self.clock(period: 7))
    let calls = Dictionary(
      grouping: measurements, by: \.work.kind
    ).mapValues { $0.reduce(0) { $0 + $1.calls } }
    // Episodes are as long as a block, so each of four lanes of three has three blocks.
    #expect(calls[.sampling] == 12)
    #expect(calls[.forward] == 12)
    // Both operands of the product are parameters here.
    #expect(calls[.weightGradient] == 24)
    #expect(calls[.laneReduction] == calls[.update])
    #expect(measurements.allSatisfy { $0.nanoseconds >= 7 && $0.work.amount > 0 })
    if workers == 1 {
      // With nobody else to read it, the clock moves once a call.
      #expect(measurements.allSatisfy { $0.nanoseconds == 7 })
      #expect(measurements.allSatisfy { $0.rate == Double($0.work.amount) / 7 })
    }
  }

  @Test("Products name their role and extents")
  func products() throws {
    let record = try #require(OperationRecord.differentiable.first { $0.name.hasPrefix("linear") })
    let training = try Self.model()
    let measurements = try CPUEngine(workers: 1).profile(
      training.program, from: training.state, source: WeightSource(), steps: 1,
      now: Self.clock(period: 1))
    let input = record.operands[0].shape
    let weight = record.operands[1].shape
    let rows = input.count / weight[0]
    let forward = MeasuredWork(.forward, [1, rows, weight[0], weight[1]])
    #expect(measurements.contains { $0.work == forward })
    #expect(forward.amount == 2 * rows * weight.count)
    let gradient = MeasuredWork(.weightGradient, [1, weight[0], rows, weight[1]])
    #expect(measurements.contains { $0.work == gradient })
  }

  @Test("The median is the middle number")
  func median() {
    #expect([3, 1, 2].median == 2)
    #expect([4, 1, 3, 2].median == 3)
  }
}
