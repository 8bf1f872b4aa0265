#if XLA
  import CPUEngine
  import ComputeGraph
  import Foundation
  import MetaTraining
  import Storage
  import Testing
  import XLAEngine

  /// Runs that begin on one engine and end on the other.
  struct ResumptionTests {
    @Test("A checkpoint of one engine is gone on from by the other", arguments: [true, false])
    func otherEngine(beginsOnDevice: Bool) throws {
      let engines: [any Engine] = [try CPUEngine(workers: 2), try ProcessorEngine.shared.get()]
      let (first, second) =
        beginsOnDevice ? (engines[1], engines[0]) : (engines[0], engines[1])
      let straight = try losses(first, until: 20, then: first)
      let changed = try losses(first, until: 10, then: second)
      try #require(straight.count == 20 && changed.count == 20)
      #expect(straight.prefix(10) == changed.prefix(10))
      for (loss, other) in zip(straight, changed) {
        // As between engines that take the same steps.
        #expect(abs(loss - other) <= 1e-4 * abs(loss))
      }
    }

    @Test("A run on a device that was stopped ends as if it had not been")
    func sameEngine() throws {
      let engine = try ProcessorEngine.shared.get()
      let straight = try losses(engine, until: 20, then: engine)
      #expect(straight.count == 20)
      #expect(try losses(engine, until: 7, then: engine) == straight)
    }

    @Test("A curriculum grows in the same steps on either engine")
    func curriculum() throws {
      var experiment = SmallExperiment.paired.experiment
      experiment.curriculum = Curriculum(
        interval: 3, inputDimension: .init(from: 1, by: 1), exampleCount: .init(from: 3, by: 1))
      let engine = try ProcessorEngine.shared.get()
      let found = try losses(engine, until: 13, then: engine, experiment)
      let expected = try losses(CPUEngine(workers: 2), until: 20, then: engine, experiment)
      try #require(found.count == 20 && expected.count == 20)
      for (loss, other) in zip(found, expected) { #expect(abs(loss - other) <= 1e-4 * abs(loss)) }
    }

    /// The logged losses of a run that is stopped after some steps and resumed.
    private func losses(
      _ first: any Engine, until stop: Int, then second: any Engine,
      _ experiment: Experiment = SmallExperiment.paired.experiment
    ) throws -> [Float] {
      let path = FileManager.default.temporaryDirectory.path + "/manabi-run-\(UUID().uuidString)"
      defer { try? FileManager.default.removeItem(atPath: path) }
      let directory = RunDirectory(path)
      for (engine, last) in [(first, stop), (second, Int.max)] {
        let run = try TrainingRun(
          experiment, in: directory, engine: engine, software: "test")
        var done = 0
        _ = try run.train(
          resume: directory.exists, shouldStop: { done >= last }
        ) { event in
          if case .step(let count, _) = event { done = count }
        }
      }
      var losses: [Float] = []
      try directory.metricsReader.forEach { (record: MetricsRecord) in
        if case .step(let record) = record { losses.append(record.loss) }
        return true
      }
      return losses
    }
  }
#endif
