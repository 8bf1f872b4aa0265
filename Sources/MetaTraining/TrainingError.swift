package import ComputeGraph

/// A run that cannot go on.
package enum TrainingError: Error, Equatable, CustomStringConvertible {
  /// The loss or the norm of its gradient became infinite or not a number.
  case nonFinite(step: Int, loss: Float, gradientNorm: Float)
  /// A run of this name exists, and nobody asked to resume it.
  case exists(run: String)
  /// There is no checkpoint to resume from.
  case nothingToResume(run: String)
  /// The run to resume was made by another experiment.
  case differs(run: String, difference: String)
  /// The task set is not the one that the experiment means.
  case foreignTaskSet(path: String, String)
  /// A checkpoint does not hold the parameters of its experiment.
  case foreignParameters(String)
  /// The engine does not multiply in the experiment's precision.
  case unsupported(Precision)

  package var description: String {
    switch self {
    case .nonFinite(let step, let loss, let norm):
      "Step \(step) gave a loss of \(loss) and a gradient of norm \(norm); nothing of it was saved. "
        + "Resume from the last checkpoint with a smaller optimizer.learningRate or optimizer.maximumNorm."
    case .exists(let run):
      "The run \(run) exists. Continue it with --resume, or choose another --name."
    case .nothingToResume(let run):
      "There is no run \(run) with a checkpoint to resume. Leave out --resume to start it."
    case .differs(let run, let difference):
      "The run \(run) belongs to another experiment: \(difference). Choose another --name, or resume it as it was."
    case .foreignTaskSet(let path, let reason):
      "The task set \(path) cannot be used: \(reason). Name the right one as taskSet, or generate it again."
    case .foreignParameters(let reason):
      "The checkpoint does not fit its own experiment: \(reason)."
    case .unsupported(let precision):
      "This processor does not multiply \(precision.rawValue) numbers. Train with --set precision=float32, "
        + "or add --float32-fallback to do so only where it has to be."
    }
  }
}
