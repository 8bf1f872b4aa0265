import ArgumentParser
import CPUEngine
import ComputeGraph
import Configuration
import Foundation
import MetaTraining
import Storage

/// What the program runs in a process of its own to train a point of a sweep.
///
/// Reads the experiment from standard input. Says how far it is in lines of JSON, and anything else
/// in words.
struct TrainPointCommand: ParsableCommand {
  static let name = "train-point"
  static let configuration = CommandConfiguration(
    commandName: name, abstract: "Trains a point of a sweep for the program that started it.",
    shouldDisplay: false)

  @Argument(help: "The directory of the run.")
  var path: String
  @Option(help: "The process that waits for this one; without it there is nothing to do.")
  var parent: Int32
  @Option(help: "Keep this many of the newest checkpoints and the best.")
  var keep: Int?

  /// The arguments with which a process trains a point for this one.
  static func arguments(run: String, keep: Int?) -> [String] {
    [name, run, "--parent", "\(getpid())"] + (keep.map { ["--keep", "\($0)"] } ?? [])
  }

  func run() throws {
    guard getppid() == parent else {
      throw ValidationError("This command is for the program itself; use sweep.")
    }
    let text = String(
      decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
    let experiment = try Experiment(ConfigurationDocument(yaml: text, name: path))
    let run = try TrainingRun(
      experiment, in: RunDirectory(path), engine: try CPUEngine(workers: 1),
      software: SoftwareVersion.text)
    let teller = PointTeller(steps: experiment.steps)
    let outcome = try StopSignal.whileListening {
      try run.train(
        resume: true, retention: keep.map(Retention.init(newest:)),
        // When the sweep is killed its points stop as well.
        shouldStop: { StopSignal.isRequested || getppid() != parent }, report: teller.tell)
    }
    if case .stopped = outcome { throw ExitCode(ExitStatus.stopped.rawValue) }
  }
}

/// How far a point is, as its process says it.
struct PointNews: Codable {
  /// Steps taken.
  var step: Int
  var loss: Float
}

/// Says how a run goes, several times a second.
private final class PointTeller {
  private let steps: Int
  private let encoder = JSONEncoder()
  private let clock = ContinuousClock()
  private var next: ContinuousClock.Instant
  private static let interval = Duration.milliseconds(300)

  init(steps: Int) {
    self.steps = steps
    next = clock.now
  }

  func tell(_ event: TrainingRun.Event) {
    switch event {
    case .step(let done, let result): tell(PointNews(step: done, loss: result.loss))
    case .begins, .scored, .saved: break
    case .skipped(let error): Output.note("passing over a checkpoint: \(error)")
    case .saveFailed(let path, let error):
      Output.note("going on, but \(path) could not be saved: \(error); the next one is tried")
    case .skippedStep(let report):
      Output.note("step \(report.step) is not finite and was left out: \(report.summary)")
    case .rolledBack(let report, let step, let scale):
      Output.note(
        "step \(report.step) is not finite: \(report.summary); back to step \(step), at "
          + "\(scale) times the learning rate")
    }
  }

  private func tell(_ news: PointNews) {
    guard news.step == steps || clock.now >= next else { return }
    next = clock.now + Self.interval
    // A number of the run that is not finite is no news of it.
    guard news.loss.isFinite, let line = try? encoder.encode(news) else { return }
    Output.note(String(decoding: line, as: UTF8.self))
  }
}
