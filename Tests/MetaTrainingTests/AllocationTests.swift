import CAllocations
import CPUEngine
import ComputeGraph
import Episodes
import MetaTraining
import Models
import Optimizers
import TaskFamilies
import Testing

/// A step takes its memory before it begins: what it sampled, computed and updated last time.
///
/// Each case runs in a process of its own, as other tests allocate beside it.
@Suite("Allocations of a step", .enabled(if: allocations_can_be_counted()))
struct AllocationTests {
  @Test("Steps of interleaved regression allocate nothing")
  func regression() async {
    await #expect(processExitsWith: .success) {
      try expectNoAllocations(
        Experiment(
          family: FamilyConfiguration(
            LinearRegression {
              $0.dimension = 3; $0.exampleCount = 9
            }),
          format: .interleaved,
          model: .transformer(
            TransformerConfiguration(width: 32, layers: 2, heads: 2, positions: .learned)),
          optimizer: AdamWConfiguration(maximumNorm: 1), batchSize: 16, laneCount: 4, steps: 100))
    }
  }

  @Test("Steps of paired classification allocate nothing")
  func classification() async {
    await #expect(processExitsWith: .success) {
      try expectNoAllocations(
        Experiment(
          family: FamilyConfiguration(
            PrototypeSettings {
              $0.minimumClassCount = 2; $0.base = .fresh
            }),
          model: .transformer(TransformerConfiguration(width: 32, layers: 1, heads: 2)),
          batchSize: 16,
          laneCount: 4, steps: 100))
    }
  }

  @Test("Steps of sequences of tokens allocate nothing")
  func sequences() async {
    await #expect(processExitsWith: .success) {
      let families = [
        FamilyConfiguration(MarkovChains { $0.start = .stationary }),
        FamilyConfiguration(GINCSettings { $0.exampleCount = 40 }),
        FamilyConfiguration(
          GINCSettings {
            $0.form = .prompts
            $0.exampleCount = 40
          }),
        FamilyConfiguration(AssociativeRecall { $0.form = .sequence }),
      ]
      for family in families {
        try expectNoAllocations(
          Experiment(
            family: family, format: .tokens,
            model: .transformer(TransformerConfiguration(width: 32, layers: 1, heads: 2)),
            batchSize: 16,
            laneCount: 4, steps: 100))
      }
    }
  }

  @Test("Steps in bfloat16 allocate nothing")
  func bfloat16() async {
    await #expect(processExitsWith: .success) {
      guard try CPUEngine(workers: 1).supports(.bfloat16) else { return }
      try expectNoAllocations(
        Experiment(
          family: FamilyConfiguration(Pool(of: LinearRegression()) { $0.taskCount = 7 }),
          format: .shifted,
          model: .transformer(TransformerConfiguration(width: 64, layers: 1, heads: 2)),
          precision: .bfloat16,
          batchSize: 16, laneCount: 4, steps: 100))
    }
  }
}

/// Takes two steps, and three more that allocate nothing but what oneDNN does in its calls.
private func expectNoAllocations(_ experiment: Experiment) throws {
  let trainer = try MetaTrainer(experiment, engine: try CPUEngine(workers: 2))
  let session = try trainer.makeSession(from: trainer.initialState)
  for step in 0..<2 { _ = try trainer.step(step, session) }
  allocations_begin()
  for step in 2..<5 { _ = try trainer.step(step, session) }
  var own: Int32 = 0
  var foreign: Int32 = 0
  var caller: UnsafePointer<CChar>?
  allocations_end(&own, &foreign, &caller)
  let name = caller.map { String(cString: $0) } ?? "none"
  #expect(own == 0, "The last of \(own) was asked for by \(name).")
  // oneDNN builds a table of arguments in every call: had none been seen, nothing was counted.
  #expect(foreign > 0)
}
