import ArgumentParser
import Storage

/// What the program runs in a process of its own to parse a file of others.
struct ReadForeignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: ForeignService.command,
    abstract: "Reads a file of others for the program that started it.", shouldDisplay: false)

  func run() throws {
    guard ForeignService.run() else {
      throw ValidationError("This command is for the program itself; use import or a dataset.")
    }
  }
}
