import ComputeGraph
import Foundation
import MetaTraining
import Storage

/// Trains with progress on standard error.
struct TrainingRunner {
  let experiment: Experiment
  /// The directory of the run.
  let path: String
  let engine: any Engine

  func train(resume: Bool, retention: Retention? = nil) throws -> TrainingRun.Outcome {
    let run = try TrainingRun(
      experiment, in: RunDirectory(path), engine: engine, software: SoftwareVersion.text)
    let view = TrainingView(path: path, steps: experiment.steps)
    return try StopSignal.whileListening {
      defer { view.finish() }
      return try run.train(
        resume: resume, retention: retention, shouldStop: { StopSignal.isRequested },
        report: view.show)
    }
  }
}

/// What a run tells, for people.
final class TrainingView {
  private let path: String
  private let steps: Int
  private var progress: ProgressLine?
  private var score = ""

  init(path: String, steps: Int) {
    self.path = path
    self.steps = steps
  }

  func finish() { progress?.finish() }

  func show(_ event: TrainingRun.Event) {
    switch event {
    case .step(let done, let result):
      let line = progress ?? ProgressLine(from: done - 1, to: steps)
      progress = line
      line.show(done, "loss \(Self.format(result.loss))\(score)")
    case .scored(_, let held):
      score = "  held-out \(held.metric) \(Self.format(Float(held.last)))"
    case .saved(let path): note("saved \(path)", important: false)
    case .begins: note("\(path) has no checkpoint to go on from: beginning at the first step.")
    case .skipped(let error): note("Passing over a checkpoint: \(error)")
    case .saveFailed(let path, let error):
      note("Training goes on, but \(path) could not be saved: \(error). The next one is tried.")
    case .skippedStep(let report):
      note("Step \(report.step) is not finite and was left out: \(report.summary).")
    case .rolledBack(let report, let step, let scale):
      note(
        "Step \(report.step) is not finite: \(report.summary). Back to step \(step), at "
          + "\(scale) times the learning rate.")
    }
  }

  private func note(_ text: String, important: Bool = true) {
    guard let progress else { return Output.note(text) }
    progress.note(text, important: important)
  }

  private static func format(_ number: Float) -> String { String(format: "%.4f", number) }
}
