internal import Storage

/// The best held-out score of a run among the steps that have a checkpoint.
struct BestScore {
  private(set) var step: Int?
  private var score: HeldOutScore?

  /// The best that the log of a run tells of.
  ///
  /// - Throws: `StorageError` if the log is damaged.
  init(in directory: RunDirectory, of experiment: Experiment) throws {
    try directory.metricsReader.forEach { (record: MetricsRecord) in
      if case .score(let record) = record {
        add(record.heldOut, after: record.step, of: experiment)
      }
      return true
    }
  }

  mutating func add(_ score: HeldOutScore, after step: Int, of experiment: Experiment) {
    guard experiment.isSaved(after: step), self.score.map({ score.isBetter(than: $0) }) ?? true
    else { return }
    (self.step, self.score) = (step, score)
  }
}
