import Synchronization

/// Saves the checkpoints of a run one after another, while training goes on.
///
/// A checkpoint is a private copy of the state, so at most one is kept beside the state itself.
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
  private var pending: PendingResult<Outcome>?

  /// - Parameters:
  ///   - directory: of the run.
  ///   - metrics: its log, which is on the disk before a checkpoint that names its length.
  ///   - retention: which checkpoints to remove after a save; nil to keep all.
  package init(_ directory: RunDirectory, metrics: MetricsLog, retention: Retention? = nil) {
    self.directory = directory
    self.metrics = metrics
    self.retention = retention
  }

  /// Begins to save a checkpoint.
  ///
  /// - Parameter others: steps whose checkpoints are kept in any case.
  /// - Returns: what became of the one before, if that was not told yet; waits for it.
  package func save(_ checkpoint: Checkpoint, keeping others: Set<Int> = []) -> Outcome? {
    let before = settle()
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
    return before
  }

  /// What became of the last checkpoint, if it is known and was not told yet.
  package func poll() -> Outcome? { pending?.isKnown == true ? settle() : nil }

  /// What became of the last checkpoint, if it was not told yet; waits for it.
  package func settle() -> Outcome? {
    guard let pending else { return nil }
    self.pending = nil
    // The body returns its error, and throws none.
    return try? pending.value()
  }
}
