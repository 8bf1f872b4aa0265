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
    let summary: String
  }

  func run() throws {
    if json { return try Output.json(Recipe.all.map { Entry(name: $0.name, summary: $0.summary) }) }
    var table = TextTable(columns: [.init("recipe", .words), .init("what it does", .words)])
    for recipe in Recipe.all { table.append([.words(recipe.name), .words(recipe.summary)]) }
    try Output.text(table.rendered(), terminator: "")
  }
}

struct RecipeShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Prints an experiment as YAML, every setting included.",
    discussion: """
      Edit the text and train on it:

        manabi recipe show quickstart-regression > mine.yaml
        manabi train mine.yaml
      """)

  @Argument(help: "A recipe or a YAML file.")
  var name: String
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: "Change a setting, such as model.layers=6.")
  var overrides: [String] = []

  func run() throws {
    let experiment = try Recipe.experiment(name, overrides: overrides)
    try Output.text(try ConfigurationDocument.yaml(encoding: experiment), terminator: "")
  }
}
