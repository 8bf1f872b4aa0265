import Configuration
import Foundation
import MetaTraining
import Storage

/// Trains the points of a sweep, each in a process of its own, some at a time.
///
/// A point that fails or crashes does not disturb the others. When a stop is asked for, all that run
/// save and end.
struct SweepTrainer {
  /// What became of a point.
  enum Outcome: Equatable {
    case finished
    /// Asked to stop, with a checkpoint, or not begun.
    case stopped
    case failed(status: Int32, reason: String)
  }

  let directory: SweepDirectory
  /// How many points are trained at a time.
  let workers: Int
  /// Checkpoints to keep of each, all if nil.
  let keep: Int?

  /// - Parameters:
  ///   - points: to be trained, in this order.
  ///   - view: hears how they go.
  /// - Returns: what became of each point, by its name.
  /// - Throws: `StorageError` if a process cannot be started.
  func train(_ points: [SweepPoint], _ view: SweepView) throws -> [String: Outcome] {
    try StopSignal.whileListening {
      var waiting = points[...]
      var running: [Training] = []
      var outcomes: [String: Outcome] = [:]
      var isStopping = false
      defer { for training in running { training.stop() } }
      while !running.isEmpty || (!waiting.isEmpty && !isStopping) {
        if StopSignal.isRequested, !isStopping {
          isStopping = true
          view.stops(running.count)
          for training in running { training.stop() }
        }
        while running.count < workers, !isStopping, let point = waiting.popFirst() {
          running.append(try start(point))
        }
        ProgramProcess.wait(for: running.map(\.process), atMost: 200)
        running.removeAll { training in
          let ending = training.process.poll()
          training.listen(view)
          guard let ending else { return false }
          let outcome = training.outcome(of: ending, isStopping: isStopping)
          outcomes[training.point.name] = outcome
          view.ended(training.point, outcome)
          return true
        }
        view.refresh()
      }
      for point in waiting { outcomes[point.name] = .stopped }
      return outcomes
    }
  }

  private func start(_ point: SweepPoint) throws -> Training {
    let text = try ConfigurationDocument.yaml(encoding: point.experiment)
    let arguments = TrainPointCommand.arguments(run: directory.run(point).path, keep: keep)
    return Training(point: point, process: try ProgramProcess(arguments, input: text))
  }
}

/// A point that is being trained.
private final class Training {
  let point: SweepPoint
  let process: ProgramProcess
  private var lastWords = ""

  init(point: SweepPoint, process: ProgramProcess) {
    self.point = point
    self.process = process
  }

  func stop() { process.send(SIGTERM) }

  /// Passes on what the process has said.
  func listen(_ view: SweepView) {
    let decoder = JSONDecoder()
    for line in process.lines() where !line.isEmpty {
      if let news = try? decoder.decode(PointNews.self, from: Data(line.utf8)) {
        view.heard(point, news)
      } else {
        lastWords = line
      }
    }
  }

  func outcome(of ending: ChildProcess.Ending, isStopping: Bool) -> SweepTrainer.Outcome {
    switch ending {
    case .exited(0): .finished
    case .exited(ExitStatus.stopped.rawValue) where isStopping || lastWords.isEmpty: .stopped
    case .exited(let status): .failed(status: status, reason: reason)
    case .signalled(let signal):
      .failed(
        status: ExitStatus.softwareError.rawValue,
        reason: "its process was ended by signal \(signal) (\(String(cString: strsignal(signal))))")
    }
  }

  /// What the process said last, without the program's name.
  private var reason: String {
    let prefix = "manabi: "
    return lastWords.hasPrefix(prefix) ? String(lastWords.dropFirst(prefix.count)) : lastWords
  }
}
