#if XLA
  import CPUEngine
  import ComputeGraph
  import MetaTraining
  import Optimizers
  import RandomKeys
  import Tensors
  import Testing
  import XLAEngine

  /// Training steps on both engines, from the same state on the same episodes.
  struct TrainingAgreementTests {
    @Test("Ten steps agree in every prompt format", arguments: SmallExperiment.all)
    func formats(_ small: SmallExperiment) throws {
      try compare(small, tolerance: 1e-4)
    }

    @Test("Ten steps in bfloat16 agree")
    func rounded() throws {
      guard try CPUEngine(workers: 1).supports(.bfloat16) else { return }
      // Both round the same operands to eight bits, but what they round differs in the last of its
      // bits, so that some fall on the other side.
      try compare(.rounded, tolerance: 2e-2)
    }

    @Test("Devices that share a batch agree with one", arguments: [2, 3, 4])
    func devices(count: Int) throws {
      let engine = try ProcessorEngine.make(devices: .first(count))
      #expect(engine.deviceDescription == "cpu × \(count)")
      try compare(.paired, tolerance: 1e-4, engine)
    }

    /// Expects ten steps to agree with those of the engine for processors.
    ///
    /// - Parameter tolerance: of losses and norms, relative; single precision has 6e-8, and ten steps
    ///   of the update multiply what differs.
    private func compare(
      _ small: SmallExperiment, tolerance: Float, _ engine: XLAEngine? = nil
    ) throws {
      let expected = try train(small, on: CPUEngine(workers: 2))
      let found = try train(small, on: engine ?? ProcessorEngine.shared.get())
      try #require(found.results.count == 10 && expected.results.count == 10)
      for (result, reference) in zip(found.results, expected.results) {
        #expect(result.isFinite)
        #expect(abs(result.loss - reference.loss) <= tolerance * abs(reference.loss))
        #expect(
          abs(result.gradientNorm - reference.gradientNorm)
            <= 10 * tolerance * reference.gradientNorm)
      }
      #expect(found.results[0].loss != found.results[9].loss)
      // AdamW moves a parameter by up to the learning rate, whatever its gradient; where that is
      // nothing but rounding errors, the sign is chance.
      let reach = 10 * small.experiment.optimizer.learningRate
      var (moved, distance) = (0.0, 0.0)
      for (tensor, reference) in zip(found.state.parameters, expected.state.parameters) {
        for (x, y) in zip(tensor.elements, reference.elements) {
          #expect(abs(x - y) <= reach)
          distance += Double(abs(x - y))
          moved += 1
        }
      }
      #expect(distance / moved <= 100 * Double(tolerance) * Double(reach))
    }

    private func train(
      _ small: SmallExperiment, on engine: any Engine
    ) throws -> (results: [StepResult], state: TrainingState) {
      let trainer = try MetaTrainer(small.experiment, engine: engine)
      let session = try trainer.makeSession(from: trainer.initialState)
      var results: [StepResult] = []
      while results.count < 10 {
        let end = min(10, results.count + session.stepsAtOnce)
        results += try trainer.steps(results.count..<end, session)
      }
      return (results, try session.state)
    }
  }
#endif
