/// Saves the checkpoints of a run one after another, each while the next step is computed.
///
/// A checkpoint is a private copy of the state, and at most one is kept beside the state itself.
package final class CheckpointSaver {
  /// What became of a checkpoint.
  package struct Outcome: Sendable {
    package let step: Int
    package let path: String
    /// Nil if it is on the disk and can be read back.
    package let failure: (any Error)?
  }

  private let directory: RunDirectory
  private let metrics: MetricsLog
  private let retention: Retention?
  private var pending: PendingResult<Outcome, Never>?

  /// - Parameters:
  ///   - directory: of the run.
  ///   - metrics: its log, which is on the disk before a checkpoint that names its length.
  ///   - retention: which checkpoints to remove after a save; nil to keep all.
  package init(_ directory: RunDirectory, metrics: MetricsLog, retention: Retention? = nil) {
    self.directory = directory
    self.metrics = metrics
    self.retention = retention
  }

  /// Begins to save a checkpoint; ``settle()`` tells what became of the one before.
  ///
  /// - Parameter others: steps whose checkpoints are kept in any case.
  package func save(_ checkpoint: Checkpoint, keeping others: Set<Int> = []) {
    precondition(pending == nil, "A checkpoint is saved when the one before is settled.")
    let (directory, metrics, retention) = (directory, metrics, retention)
    pending = PendingResult {
      let path = directory.checkpointPath(step: checkpoint.step)
      do {
        try metrics.synchronize()
        try directory.save(checkpoint)
        try retention?.apply(to: directory, saved: checkpoint.step, besides: others)
        return Outcome(step: checkpoint.step, path: path, failure: nil)
      } catch {
        return Outcome(step: checkpoint.step, path: path, failure: error)
      }
    }
  }

  /// What became of the last checkpoint, if it was not told yet; waits for it.
  package func settle() -> Outcome? {
    guard let pending else { return nil }
    self.pending = nil
    return pending.value()
  }
}
