import ArgumentParser
import Storage

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Prints what a checkpoint or task set holds.")

  @Argument(help: "A sealed file.")
  var file: String
  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let summary = try FileSummary(contentsOf: file)
    if json { try Output.json(summary) } else { print(summary) }
  }
}
