import ArgumentParser
import Storage

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Prints what a checkpoint, a task set or a report holds.")

  @Argument(help: "A sealed file, or a task set's directory.")
  var file: String
  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    if POSIXFileSystem().isDirectory(file) {
      try show(try TaskSetSummary(contentsOf: file))
    } else {
      try show(try FileSummary(contentsOf: file))
    }
  }

  private func show(_ summary: some Encodable & CustomStringConvertible) throws {
    if json { try Output.json(summary) } else { try Output.text("\(summary)") }
  }
}
