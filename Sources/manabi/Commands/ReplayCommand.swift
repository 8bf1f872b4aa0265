import ArgumentParser
import Foundation
import MetaTraining
import Reporting
import Storage

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Computes a step of a run once more and compares it with the log, to the bit.",
    discussion: """
      Begins at the nearest checkpoint before the step and compares every step on the way. A step that was not \
      finite is compared with its report. Ends with 0 if all are equal, else with 65: then the log was changed, \
      another machine, engine or version computed it, or one of the two computations went wrong.

        manabi replay checkpoints/first --step 1234
      """)

  @Argument(help: ArgumentHelp("A run's directory.", valueName: "run"))
  var directory: String
  @Option(help: "The step, as the log counts them: from 1.")
  var step: Int
  @OptionGroup var place: EngineOptions
  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard step > 0 else { throw ValidationError("--step has to be at least 1.") }
  }

  func run() throws {
    let engine = try place.make()
    var line: ProgressLine?
    let replay = try Replay(step, of: RunDirectory(directory), engine: engine) { done in
      let progress = line ?? ProgressLine(from: done - 1, to: step)
      line = progress
      progress.show(done, "")
    }
    line?.finish()
    if json { try Output.json(replay) } else { try Output.text(Self.text(replay), terminator: "") }
    if !replay.isEqual { throw ExitCode(ExitStatus.damagedInput.rawValue) }
  }

  private static func text(_ replay: Replay) -> String {
    var table = TextTable(
      columns: [.init("step \(replay.step)", .words), .init("log", .words), .init("again", .words)])
    let rows: [(String, (StepRecord) -> String)] = [
      ("loss", { "\($0.loss)" }), ("gradient norm", { "\($0.gradientNorm)" }),
      ("gradient hash", { $0.gradientHash }),
    ]
    for (name, value) in rows {
      table.append([.words(name), .words(value(replay.logged)), .words(value(replay.computed))])
    }
    let computed = "from the checkpoint of step \(replay.checkpoint)"
    let verdict =
      replay.firstDifference.map { "Different from step \($0) on, computed \(computed)." }
      ?? "Equal to the bit, as are the steps on the way \(computed)."
    return table.rendered() + verdict + "\n"
  }
}
