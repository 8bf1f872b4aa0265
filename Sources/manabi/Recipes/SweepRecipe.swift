import Configuration
import MetaTraining

/// A sweep with a name.
struct SweepRecipe {
  let name: String
  /// One line for the list.
  let summary: String
  let file: SweepFile

  static let all = [gpiclPhaseDiagram]

  /// The sweep that a command line means: a name or a YAML file, with overrides of its base.
  ///
  /// - Throws: `ConfigurationError`, `StorageError` if a task set cannot be read, or ``CommandError``
  ///   if there is no sweep of that name.
  static func sweep(_ nameOrFile: String, overrides: [String]) throws -> Sweep {
    try file(nameOrFile).sweep(nameOrFile, overrides: overrides) { try Recipe.document($0) }
  }

  private static func file(_ nameOrFile: String) throws -> SweepFile {
    if let recipe = all.first(where: { $0.name == nameOrFile }) { return recipe.file }
    guard let text = try TextFile.read(nameOrFile) else {
      throw CommandError.noSuchSweep(nameOrFile, known: all.map(\.name))
    }
    return try ConfigurationDocument(yaml: text, name: nameOrFile).decode()
  }
}
