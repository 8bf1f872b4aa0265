import ComputeGraph
package import Evaluation
package import MetaTraining
import Models
import Storage
package import Tensors

/// A run that has taken all its steps.
package struct TrainedRun {
  package let name: String
  package let experiment: Experiment
  private let directory: RunDirectory
  private let trainer: MetaTrainer
  private let engine: any Engine

  init(
    _ run: Procedure.Run, in directory: RunDirectory, engine: any Engine
  ) throws {
    name = run.name
    experiment = run.experiment
    trainer = try MetaTrainer(run.experiment, engine: engine)
    self.directory = directory
    self.engine = engine
  }

  /// The model's parameters, in its own order.
  ///
  /// - Parameter step: after so many steps; after all if nil.
  /// - Throws: `StorageError` if there is no good checkpoint of that step.
  package func parameters(after step: Int? = nil) throws -> [Tensor] {
    let checkpoint = try directory.checkpoint(step: step ?? experiment.steps)
    return try trainer.tensors(checkpoint.parameters)
  }

  /// The model as a learner.
  ///
  /// - Parameter step: after so many steps; after all if nil.
  /// - Throws: `StorageError` if there is no good checkpoint of that step.
  package func learner(after step: Int? = nil) throws -> ModelLearner {
    ModelLearner(
      experiment.model, trainedOn: experiment.layout, precision: experiment.precision,
      parameters: try parameters(after: step), engine: engine)
  }

  /// Every held-out score that training wrote down, by the number of steps.
  ///
  /// - Throws: `StorageError` if the log cannot be read.
  package func scores() throws -> [(step: Int, score: HeldOutScore)] {
    var scores: [(step: Int, score: HeldOutScore)] = []
    try directory.metricsReader.forEach(of: MetricsRecord.self) { record in
      if case .score(let score) = record { scores.append((score.step, score.heldOut)) }
      return true
    }
    return scores
  }

  /// The loss of every step, from the first.
  ///
  /// - Throws: `StorageError` if the log cannot be read.
  package func losses() throws -> [Double] {
    var losses: [Double] = []
    try directory.metricsReader.forEach(of: MetricsRecord.self) { record in
      if case .step(let step) = record { losses.append(Double(step.loss)) }
      return true
    }
    return losses
  }
}
