package import ComputeGraph

/// A run that cannot go on.
package enum TrainingError: Error, Equatable, CustomStringConvertible {
  /// The loss, its gradient or what the update made of the parameters is not finite.
  case nonFinite(NonFiniteReport)
  /// A run of this name exists, and nobody asked to resume it.
  case exists(run: String)
  /// There is no checkpoint that can be read.
  case noCheckpoint(run: String)
  /// Neither the log nor a report of a run tells of a step; the log ends with step `last`.
  case notLogged(run: String, step: Int, last: Int)
  /// The run to resume was made by another experiment.
  case differs(run: String, difference: String)
  /// The sweep in a directory is not the one that was asked for.
  case differentSweep(path: String, difference: String)
  /// The task set is not the one that the experiment means.
  case foreignTaskSet(path: String, String)
  /// A checkpoint does not hold the parameters of its experiment.
  case foreignParameters(String)
  /// The engine does not multiply in the experiment's precision.
  case unsupported(Precision)

  package var description: String {
    switch self {
    case .nonFinite(let report):
      "Step \(report.step) is not finite: \(report.summary). Nothing of it was saved; a report lies in the run. "
        + "Try another --name with a smaller optimizer.learningRate, or nonFinite=skip or nonFinite=rollback."
    case .exists(let run):
      "The run \(run) exists. Continue it with --resume, or choose another --name."
    case .noCheckpoint(let run):
      "The run \(run) has no checkpoint that can be read. Train it, or look at it with: manabi verify \(run)"
    case .notLogged(let run, let step, let last):
      "The run \(run) says nothing of step \(step); its log has the steps from 1 to \(last)."
    case .differs(let run, let difference):
      "The run \(run) belongs to another experiment: \(difference). Choose another --name, or resume it as it was."
    case .differentSweep(let path, let difference):
      "The sweep in \(path) is another: \(difference). Choose another --name, or ask for it as it was."
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
