import ArgumentParser

@main
struct Manabi: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manabi",
    abstract: "Meta-trains Transformers to learn in context, and measures what they learned.",
    discussion: """
      Start with `manabi quickstart`, or step by step:

        manabi families
        manabi preview linearRegression
        manabi recipe list
        manabi train quickstart-regression --name first
        manabi evaluate checkpoints/first
      """,
    version: SoftwareVersion.text,
    subcommands: [
      QuickstartCommand.self, FamiliesCommand.self, PreviewCommand.self, TrainCommand.self,
      SweepCommand.self, EvaluateCommand.self, RegimeCommand.self, ShiftsCommand.self,
      IdentifyCommand.self, InsideCommand.self, PredictCommand.self, GenerateCommand.self,
      ImportCommand.self, ExportCommand.self, InspectCommand.self, VerifyCommand.self,
      ReplayCommand.self, RecipeCommand.self, TournamentCommand.self, ReproduceCommand.self,
      ConstructCommand.self, BenchCommand.self, DoctorCommand.self, ReadForeignCommand.self,
      TrainPointCommand.self,
    ])

  static func main() {
    // Before anything opens a file, which would get the number of a stream that is closed.
    _ = StandardDescriptors.closed
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      ExitStatus.end(with: error)
    }
  }
}
