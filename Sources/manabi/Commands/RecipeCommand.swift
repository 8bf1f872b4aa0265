import ArgumentParser
import Configuration
import Reporting

struct RecipeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recipe",
    abstract: "Lists the experiments that come with the program, and prints them.",
    subcommands: [RecipeListCommand.self, RecipeShowCommand.self])
}

struct RecipeListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the recipes.")

  @Flag(help: "Print JSON.")
  var json = false

  struct Entry: Encodable {
    let name: String
    /// The command that takes it.
    let command: String
    let summary: String
  }

  func run() throws {
    let entries =
      Recipe.all.map { Entry(name: $0.name, command: "train", summary: $0.summary) }
      + SweepRecipe.all.map { Entry(name: $0.name, command: "sweep", summary: $0.summary) }
    if json { return try Output.json(entries) }
    var table = TextTable(
      columns: [.init("recipe", .words), .init("for", .words), .init("what it does", .words)])
    for entry in entries {
      table.append([.words(entry.name), .words(entry.command), .words(entry.summary)])
    }
    try Output.text(table.rendered(), terminator: "")
  }
}

struct RecipeShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Prints an experiment as YAML, every setting included, or a sweep.",
    discussion: """
      Edit the text and train on it:

        manabi recipe show quickstart-regression > mine.yaml
        manabi train mine.yaml
      """)

  @Argument(help: "A recipe, a sweep or a YAML file of an experiment.")
  var name: String
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: "Change a setting, such as model.layers=6.")
  var overrides: [String] = []

  func run() throws {
    if let sweep = SweepRecipe.all.first(where: { $0.name == name }) {
      guard overrides.isEmpty else {
        throw CommandError.invalid("--set changes experiments; edit the text of a sweep")
      }
      return try Output.text(try ConfigurationDocument.yaml(encoding: sweep.file), terminator: "")
    }
    let experiment = try Recipe.experiment(name, overrides: overrides)
    try Output.text(try ConfigurationDocument.yaml(encoding: experiment), terminator: "")
  }
}
