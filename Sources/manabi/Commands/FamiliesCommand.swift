import ArgumentParser
import Configuration
import Reporting
import TaskFamilies

struct FamiliesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "families",
    abstract: "Lists the task families, or says everything about one.",
    discussion: """
      What is printed about one ends with its settings as YAML, to be edited:

        manabi families
        manabi families linearRegression
        manabi preview linearRegression --set dimension=1
      """)

  @Argument(help: "The name of a family.")
  var name: String?
  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    guard let name else {
      return json
        ? try Output.json(FamilyKind.allCases.map { FamilyEntry($0) })
        : try Output.text(Self.list(width: StandardOutput.width, style: StandardOutput.style))
    }
    var entry = FamilyEntry(try FamilyArgument.kind(name))
    entry.prepare()
    if json { return try Output.json(entry) }
    try Output.text(
      try Self.page(entry, width: StandardOutput.width, style: StandardOutput.style),
      terminator: "")
  }

  /// All families, a line for each, group by group.
  private static func list(width: Int?, style: TextStyle) -> String {
    let longest = FamilyKind.allCases.map(\.rawValue.count).max() ?? 0
    let parts = FamilyGroup.allCases.filter { !$0.kinds.isEmpty }.map { group in
      var list = DefinitionList(indent: 2, termWidth: longest)
      for kind in group.kinds { list.append(kind.rawValue, kind.settings.description.summary) }
      return style.bold(group.title) + "\n" + list.rendered(width: width)
    }
    return parts.joined(separator: "\n") + "\nMore about one: manabi families NAME"
  }

  /// Everything about one kind.
  private static func page(_ entry: FamilyEntry, width: Int?, style: TextStyle) throws -> String {
    var facts = DefinitionList()
    facts.append("group", entry.group.title)
    facts.append("source", "\(entry.source), \(entry.link)")
    facts.append("oracle", entry.oracle)
    facts.append("episode", entry.episode)
    if let learners = entry.learners {
      facts.append("learners", learners.joined(separator: ", "))
    }
    if let problem = entry.problem { facts.append("problem", problem) }

    var table = TextTable(
      columns: ["setting", "default", "values", "meaning"].map { .init($0, .words) })
    for setting in entry.settings {
      table.append([
        .words(setting.name), .words(setting.default), setting.limits.map { .words($0) } ?? .absent,
        .words(setting.meaning),
      ])
    }
    let summary = entry.summary.wrapped(to: width ?? .max).joined(separator: "\n")
    return """
      \(style.bold(entry.name.rawValue))
      \(summary)

      \(facts.rendered(width: width))
      \(table.rendered(width: width))
      \(style.quiet("# The defaults, to copy"))
      \(try ConfigurationDocument.yaml(encoding: FamilyConfiguration(entry.name)))
      """
  }
}
