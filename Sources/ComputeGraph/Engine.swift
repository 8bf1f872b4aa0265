package import Tensors

/// What executes graphs. Models and trainers do not know which engine runs them.
package protocol Engine: Sendable {
  /// Whether products in `precision` run at the speed that it is chosen for.
  func supports(_ precision: Precision) -> Bool

  /// Compiles whole training steps.
  ///
  /// - Parameters:
  ///   - program: what a step computes.
  ///   - state: what the first step changes.
  ///   - source: makes the batches.
  /// - Throws: ``EngineError`` if the engine cannot run the program.
  func compile(
    _ program: TrainingProgram, from state: TrainingState, source: any BatchSource
  ) throws -> any TrainingSession

  /// What there is to read of how the engine runs a program: its kernels, or a text that a compiler
  /// takes.
  ///
  /// - Throws: ``EngineError`` if the engine cannot run the program.
  func planDescription(of program: TrainingProgram) throws -> String

  /// Compiles a forward pass over blocks of episodes.
  ///
  /// - Throws: ``EngineError`` if the engine cannot run the program.
  func compile(_ program: InferenceProgram, parameters: [Tensor]) throws -> any InferenceSession
}

/// Training steps, compiled, with the state that they change.
package protocol TrainingSession: AnyObject {
  /// Takes one step: every lane's gradient, their sum, and the update, which is left out if the loss
  /// or the gradient is not finite.
  ///
  /// - Parameters:
  ///   - step: the number of the step, from zero; names the episodes that the source makes.
  ///   - schedule: the learning rate and Adam's two bias corrections.
  /// - Returns: what there is to say about the step.
  /// - Throws: ``EngineError`` if a kernel fails.
  func step(_ step: Int, schedule: UpdateSchedule) throws -> StepResult

  /// Takes steps in succession, the same as one after another.
  ///
  /// - Parameters:
  ///   - steps: their numbers.
  ///   - schedule: that of a step.
  /// - Returns: what there is to say about each, up to the first that is not finite.
  /// - Throws: ``EngineError`` if a kernel fails.
  func take(_ steps: Range<Int>, schedule: (Int) -> UpdateSchedule) throws -> [StepResult]

  /// How many steps in succession it takes best: those that go to a device together.
  var stepsAtOnce: Int { get }

  /// Looks at a step that was just taken, and that was not finite.
  ///
  /// - Parameters:
  ///   - step: its number.
  ///   - result: what it returned.
  /// - Throws: ``EngineError`` if a kernel fails.
  func diagnose(_ step: Int, _ result: StepResult) throws -> StepDiagnosis

  /// A copy of the parameters.
  ///
  /// - Throws: ``EngineError`` if they cannot be had from a device.
  var parameters: [Tensor] { get throws }

  /// A copy of the parameters and the optimiser's slots.
  ///
  /// - Throws: ``EngineError`` if they cannot be had from a device.
  var state: TrainingState { get throws }
}

extension TrainingSession {
  package func take(
    _ steps: Range<Int>, schedule: (Int) -> UpdateSchedule
  ) throws -> [StepResult] {
    var results: [StepResult] = []
    for step in steps {
      results.append(try self.step(step, schedule: schedule(step)))
      guard results[results.count - 1].isFinite else { break }
    }
    return results
  }

  package var stepsAtOnce: Int { 1 }
}

/// A forward pass, compiled, with its parameters.
package protocol InferenceSession: AnyObject {
  /// Replaces the parameters, which keep their shapes.
  ///
  /// - Throws: ``EngineError`` if a kernel fails.
  func load(_ parameters: [Tensor]) throws

  /// Runs the program on whole episodes.
  ///
  /// - Parameter inputs: for each input of the program `[E, …]`, for any number of episodes `E`.
  /// - Returns: for each output of the program `[E, …]`.
  /// - Throws: ``EngineError`` if a kernel fails.
  func run(_ inputs: [[Float]]) throws -> [[Float]]
}

extension InferenceSession {
  /// Runs a program with one input and one output on whole episodes.
  ///
  /// - Parameter tokens: `[E, T, F]` for any number of episodes `E`.
  /// - Returns: `[E, N, C]`
  /// - Throws: ``EngineError`` if a kernel fails.
  package func run(tokens: [Float]) throws -> [Float] { try run([tokens])[0] }
}

/// Makes the batches of training: one writer for each worker, so that nothing is shared.
package protocol BatchSource: Sendable {
  /// Makes a step's batch ready to be written, and that of no other step.
  ///
  /// - Throws: what keeps it from being read.
  func prepare(_ step: Int) throws

  func makeWriter() -> any BatchWriter
}

extension BatchSource {
  /// Nothing, where batches are drawn.
  package func prepare(_ step: Int) {}
}

/// Writes episodes where the engine wants them.
package protocol BatchWriter: AnyObject {
  /// Writes some episodes of a step's batch.
  ///
  /// - Parameters:
  ///   - step: the step, from zero.
  ///   - episodes: their indices within the batch.
  ///   - tokens: `[episodes, T, F]`
  ///   - targets: `[episodes, N, C]`
  func write(
    step: Int, episodes: Range<Int>, tokens: inout MutableSpan<Float>,
    targets: inout MutableSpan<Float>)
}

/// The numbers of an update that change from step to step.
package struct UpdateSchedule: Sendable {
  package let learningRate: Float
  /// `1 / (1 − β₁ᵗ)`
  package let firstCorrection: Float
  /// `1 / (1 − β₂ᵗ)`
  package let secondCorrection: Float

  package init(learningRate: Float, firstCorrection: Float, secondCorrection: Float) {
    self.learningRate = learningRate
    self.firstCorrection = firstCorrection
    self.secondCorrection = secondCorrection
  }
}

/// The environment of an engine refused to work.
package enum EngineError: Error, CustomStringConvertible {
  /// There is no such engine here; what it lacks, and what to do.
  case unavailable(String)
  /// A device has not enough memory; for what, and what to do.
  case outOfMemory(String)
  /// A library function failed.
  case library(function: String, status: Int)
  /// A library function failed, and said why.
  case failed(function: String, reason: String)
  /// A program of a form that the engine does not run.
  case unsupported(String)

  package var description: String {
    switch self {
    case .unavailable(let reason), .outOfMemory(let reason): reason
    case .library(let function, let status): "\(function) failed with status \(status)."
    case .failed(let function, let reason): "\(function) failed: \(reason)"
    case .unsupported(let reason): "This engine cannot run the program: \(reason)."
    }
  }
}
