import Baselines
import ComputeGraph
import Configuration
import Evaluation
import MetaTraining
import Models
import Storage
import Tensors

/// A checkpoint with the experiment that made it, ready to predict.
struct TrainedModel {
  let experiment: Experiment
  let step: Int
  let learner: ModelLearner
  /// In the order of the model's own list.
  let parameters: [Tensor]
  /// The checkpoint's file.
  let path: String

  /// - Parameters:
  ///   - path: a run's directory, whose latest good checkpoint is taken, or a checkpoint.
  ///   - engine: runs the model.
  /// - Throws: `StorageError` if there is no good checkpoint; `ConfigurationError` or
  ///   `TrainingError` if it does not fit this program.
  init(_ path: String, engine: any Engine) throws {
    let run = RunDirectory(path)
    let checkpoint: Checkpoint
    if run.exists {
      guard let latest = try run.latestCheckpoint() else {
        throw TrainingError.noCheckpoint(run: path)
      }
      checkpoint = latest
      self.path = run.checkpointPath(step: latest.step)
    } else {
      checkpoint = try Checkpoint(contentsOf: path)
      self.path = path
    }
    var experiment: Experiment = try ConfigurationDocument(
      yaml: checkpoint.experiment, name: "the experiment in \(self.path)"
    ).decode()
    if !engine.supports(experiment.precision) {
      Output.note(
        "This processor does not multiply \(experiment.precision.rawValue) numbers: predicting in float32."
      )
      experiment.precision = .float32
    }
    self.experiment = experiment
    step = checkpoint.step
    let trainer = try MetaTrainer(experiment, engine: engine)
    parameters = try trainer.tensors(checkpoint.parameters)
    learner = ModelLearner(
      experiment.model, trainedOn: experiment.layout, precision: experiment.precision,
      parameters: parameters, engine: engine)
  }

  /// The directory of the checkpoint, where figures go.
  var directory: String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return parts.isEmpty ? "." : parts.joined(separator: "/")
  }
}
