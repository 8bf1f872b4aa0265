#if XLA
  import ComputeGraph
  import MetaTraining
  import Synchronization
  import Tensors
  import Testing
  import XLAEngine

  /// Steps that go to a device together.
  struct LaunchTests {
    /// A source whose episodes of one step are no numbers.
    private struct PoisonedSource: BatchSource {
      let source: any BatchSource
      let step: Int

      func makeWriter() -> any BatchWriter { Writer(writer: source.makeWriter(), step: step) }

      private final class Writer: BatchWriter {
        private let writer: any BatchWriter
        private let step: Int

        init(writer: any BatchWriter, step: Int) {
          self.writer = writer
          self.step = step
        }

        func write(
          step: Int, episodes: Range<Int>, tokens: inout MutableSpan<Float>,
          targets: inout MutableSpan<Float>
        ) {
          writer.write(step: step, episodes: episodes, tokens: &tokens, targets: &targets)
          if step == self.step, episodes.contains(7) {
            tokens[(7 - episodes.lowerBound) * (tokens.count / episodes.count)] = .nan
          }
        }
      }
    }

    private let engine: XLAEngine
    private let trainer: MetaTrainer

    init() throws {
      engine = try ProcessorEngine.shared.get()
      trainer = try MetaTrainer(SmallExperiment.paired.experiment, engine: engine)
    }

    @Test(
      "How many steps a launch holds changes no bit", arguments: [[12], [5, 7], [1, 1, 3, 7]])
    func lengths(_ lengths: [Int]) throws {
      let straight = try train([Int](repeating: 1, count: 12))
      let other = try train(lengths)
      #expect(other.results == straight.results)
      #expect(other.state == straight.state)
    }

    @Test("More steps than a launch has room for are several launches")
    func room() throws {
      let session = try trainer.makeSession(from: trainer.initialState)
      #expect(try trainer.steps(0..<200, session).count == 200)
    }

    @Test(
      "Launches become longer while steps are fast",
      arguments: [
        (0, [1, 1, 2, 4, 8, 16]), (100_000_000, [1, 1, 2, 2, 4, 4]),
        (1_000_000_000, [1, 1, 1, 1, 1, 1]),
      ] as [(UInt64, [Int])])
    func growth(nanosecondsOfLaunch: UInt64, lengths: [Int]) throws {
      let clock = Clock(step: nanosecondsOfLaunch)
      let engine = try ProcessorEngine.make(now: clock.now)
      let trainer = try MetaTrainer(SmallExperiment.paired.experiment, engine: engine)
      let session = try trainer.makeSession(from: trainer.initialState)
      var done = 0
      for length in lengths {
        #expect(session.stepsAtOnce == length)
        done += try trainer.steps(done..<done + session.stepsAtOnce, session).count
      }
    }

    /// A clock that a launch moves on by the same time, however long it is.
    private final class Clock: Sendable {
      private let time = Atomic<UInt64>(0)
      private let step: UInt64

      init(step: UInt64) { self.step = step }

      @Sendable func now() -> UInt64 { time.add(step, ordering: .relaxed).newValue }
    }

    @Test("Who takes less than is offered has no more sampled than is taken")
    func offers() throws {
      let engine = try ProcessorEngine.make(now: { 0 })
      let trainer = try MetaTrainer(SmallExperiment.paired.experiment, engine: engine)
      let session = try trainer.makeSession(from: trainer.initialState)
      for step in 0..<10 {
        _ = try trainer.step(step, session)
        #expect(session.stepsAtOnce <= 2)
      }
    }

    @Test(
      "A launch ends behind a step that is not finite, which changed nothing", arguments: [1, 2])
    func poison(deviceCount: Int) throws {
      let engine = try ProcessorEngine.make(devices: .first(deviceCount))
      let source = PoisonedSource(source: trainer.source, step: 4)
      let session = try engine.compile(
        trainer.program(of: 0), from: trainer.initialState, source: source)
      let results = try trainer.steps(0..<9, session)
      #expect(results.count == 5)
      #expect(results.dropLast().allSatisfy { $0.isFinite })
      #expect(!results[4].isUpdated && results[4].isStateFinite)
      let before = try engine.compile(
        trainer.program(of: 0), from: trainer.initialState, source: trainer.source)
      _ = try trainer.steps(0..<4, before)
      let (state, expected) = (try session.state, try before.state)
      #expect(state == expected)

      let diagnosis = try session.diagnose(4, results[4])
      #expect(diagnosis.lanes.map(\.episodes) == (0..<6).map { 4 * $0..<4 * $0 + 4 })
      #expect(diagnosis.lanes.map(\.loss.isFinite) == [true, false, true, true, true, true])
      #expect(diagnosis.gradients.contains { $0.nonFinite > 0 })
      #expect(diagnosis.parameters.allSatisfy { $0.nonFinite == 0 })

      #expect(try trainer.steps(5..<9, session).allSatisfy { $0.isFinite }, "it goes on behind")
    }

    @Test("An update that overflows is seen in its step")
    func overflow() throws {
      var state = trainer.initialState
      state.slots["firstMoment"]?[0].elements[0] = .infinity
      let session = try engine.compile(
        trainer.program(of: 0), from: state, source: trainer.source)
      let result = try trainer.step(0, session)
      #expect(result.isUpdated && !result.isStateFinite)
    }

    @Test("A batch that devices do not divide is refused")
    func division() throws {
      let five = try ProcessorEngine.make(devices: .first(5))
      let program = trainer.program(of: 0)
      #expect(throws: EngineError.self) {
        _ = try five.compile(program, from: trainer.initialState, source: trainer.source)
      }
      #expect(throws: EngineError.self) { _ = try five.planDescription(of: program) }
    }

    private func train(
      _ lengths: [Int]
    ) throws -> (results: [StepResult], state: TrainingState) {
      let session = try trainer.makeSession(from: trainer.initialState)
      var results: [StepResult] = []
      for length in lengths {
        results += try trainer.steps(results.count..<results.count + length, session)
      }
      return (results, try session.state)
    }
  }
#endif
