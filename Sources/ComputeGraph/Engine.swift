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

  /// Looks at a step that was just taken, and that was not finite.
  ///
  /// - Parameters:
  ///   - step: its number.
  ///   - result: what it returned.
  func diagnose(_ step: Int, _ result: StepResult) -> StepDiagnosis

  /// A copy of the parameters and the optimiser's slots.
  var state: TrainingState { get }
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
  func makeWriter() -> any BatchWriter
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
  /// A library function failed.
  case library(function: String, status: Int)
  /// A program of a form that the engine does not run.
  case unsupported(String)

  package var description: String {
    switch self {
    case .library(let function, let status): "\(function) failed with status \(status)."
    case .unsupported(let reason): "This engine cannot run the program: \(reason)."
    }
  }
}
