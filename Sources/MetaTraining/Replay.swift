package import ComputeGraph
internal import Configuration
package import Storage

/// Computes a step of a run once more, and every step since the checkpoint before it, and compares
/// them with the log.
///
/// Equal hashes say that neither the machine nor the files have changed a bit since.
package struct Replay: Codable, Sendable {
  /// Steps taken, the one in question included.
  package let step: Int
  /// Of the checkpoint from which it was computed; 0 for the initial parameters.
  package let checkpoint: Int
  package let logged: StepRecord
  package let computed: StepRecord
  /// The first step on the way of which the log says something else.
  package let firstDifference: Int?

  /// Whether all that the log says of the step and those before it was found again.
  package var isEqual: Bool { firstDifference == nil }

  /// - Parameters:
  ///   - step: one that the log or a report of the run tells of.
  ///   - directory: of the run, which is only read.
  ///   - engine: computes the steps.
  ///   - progress: told each step computed.
  /// - Throws: ``TrainingError/notLogged(run:step:last:)`` if nothing is known of the step;
  ///   ``TrainingError``, `StorageError`, `EngineError`.
  package init(
    _ step: Int, of directory: RunDirectory, engine: any Engine, progress: (Int) -> Void = { _ in }
  ) throws {
    guard directory.exists else { throw TrainingError.noCheckpoint(run: directory.path) }
    let start = try directory.latestCheckpoint(where: { $0 < step })
    var experiment: Experiment = try ConfigurationDocument(
      yaml: try start?.experiment ?? directory.experiment(),
      name: "the experiment of \(directory.path)"
    ).decode()
    let taskSet = try experiment.openTaskSet()
    let trainer = try MetaTrainer(experiment, engine: engine, taskSet: taskSet)
    let log = try Log(of: directory, after: start?.step ?? 0, to: step)
    var session = try trainer.makeSession(
      from: try start.map(trainer.state) ?? trainer.initialState, at: start?.step ?? 0)
    var scale = start?.recovery.learningRateScale ?? 1
    var firstDifference: Int?
    var computed = log.last
    for done in (start?.step ?? 0)..<step {
      scale = log.scales[done] ?? scale
      session = try trainer.session(for: done, after: session)
      let result = try trainer.step(done, session, learningRateScale: scale)
      computed = StepRecord(step: done + 1, result)
      if firstDifference == nil, log.steps[done + 1].map({ !$0.agrees(with: computed) }) ?? true {
        firstDifference = done + 1
      }
      progress(done + 1)
    }
    self.step = step
    checkpoint = start?.step ?? 0
    logged = log.last
    self.computed = computed
    self.firstDifference = firstDifference
  }

  /// What a run wrote down of some steps.
  private struct Log {
    private(set) var steps: [Int: StepRecord] = [:]
    /// Of the learning rate, from the step after so many on.
    private(set) var scales: [Int: Double] = [:]
    let last: StepRecord

    /// - Throws: ``TrainingError/notLogged(run:step:last:)`` if nothing is known of step `end`.
    init(of directory: RunDirectory, after start: Int, to end: Int) throws {
      var (steps, scales): ([Int: StepRecord], [Int: Double]) = ([:], [:])
      var lastStep = 0
      try directory.metricsReader.forEach { (record: MetricsRecord) in
        switch record {
        case .step(let record):
          lastStep = record.step
          if record.step > start { steps[record.step] = record }
        case .rollback(let record): scales[record.step] = record.learningRateScale
        case .score: break
        }
        return lastStep < end
      }
      if steps[end] == nil {
        let report: NonFiniteReport? = try directory.report(step: end)
        steps[end] = report?.record
      }
      guard let last = steps[end] else {
        throw TrainingError.notLogged(run: directory.path, step: end, last: lastStep)
      }
      (self.steps, self.scales, self.last) = (steps, scales, last)
    }
  }
}
