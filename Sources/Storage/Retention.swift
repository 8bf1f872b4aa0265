import Synchronization

/// Which checkpoints of a run are kept: the newest, and the best.
package final class Retention: Sendable {
  /// So that one is left when the newest is damaged.
  package static let fewest = 2

  private let count: Int
  /// Steps whose checkpoints were found to be good by this process.
  private let verified = Mutex<Set<Int>>([])

  /// - Parameter count: how many of the newest to keep, at least ``fewest``.
  package init(newest count: Int) {
    precondition(count >= Self.fewest, "Fewer checkpoints than that are not safe.")
    self.count = count
  }

  /// Removes checkpoints of which there are enough newer ones that can be read back, oldest first.
  ///
  /// - Parameters:
  ///   - directory: of the run.
  ///   - saved: the step of a checkpoint that was just saved.
  ///   - others: steps to keep in any case.
  /// - Throws: ``StorageError`` if a file cannot be read or removed.
  func apply(
    to directory: RunDirectory, saved: Int, besides others: Set<Int>
  ) throws(StorageError) {
    let steps = try directory.checkpointSteps()
    var (good, oldestKept) = (0, 0)
    for step in steps.reversed() where good < count {
      if isGood(step, in: directory, isNew: step == saved) { good += 1 }
      oldestKept = step
    }
    guard good == count else { return }
    let bound = oldestKept
    try directory.removeCheckpoints { $0 < bound && !others.contains($0) }
  }

  /// Whether a checkpoint can be read back. What a new one holds is known, so its seal is enough.
  private func isGood(_ step: Int, in directory: RunDirectory, isNew: Bool) -> Bool {
    if verified.withLock({ $0.contains(step) && !isNew }) { return true }
    let isGood =
      isNew
      ? (try? directory.checkSeal(step: step)) != nil
      : (try? directory.checkpoint(step: step)) != nil
    verified.withLock { steps in
      if isGood { steps.insert(step) } else { steps.remove(step) }
    }
    return isGood
  }
}
