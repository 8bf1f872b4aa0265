import ArgumentParser

@main
struct Manabi: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "manabi", subcommands: [BenchCommand.self])
}
