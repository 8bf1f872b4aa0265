import ArgumentParser
import Configuration
import MetaTraining

/// An experiment with a name.
struct Recipe {
  let name: String
  /// One line for the list.
  let summary: String
  let experiment: Experiment

  static let all = [
    quickstartRegression, quickstartClassification, generalPurpose, gpiclPool, smoke,
  ]

  /// The experiment that a command line means: a recipe's name or a YAML file, with overrides.
  ///
  /// - Throws: `ConfigurationError`, `StorageError` if its task set cannot be read, or
  ///   ``CommandError`` if there is neither recipe nor file.
  static func experiment(
    _ nameOrFile: String, overrides: [String], among recipes: [Recipe] = all
  ) throws -> Experiment {
    var document = try document(nameOrFile, among: recipes)
    for override in overrides { try document.override(override) }
    return try Experiment(document)
  }

  /// The text of the experiment that a recipe's name or a YAML file means.
  ///
  /// - Throws: `ConfigurationError`, or ``CommandError`` if there is neither recipe nor file.
  static func document(
    _ nameOrFile: String, among recipes: [Recipe] = all
  ) throws -> ConfigurationDocument {
    if let recipe = recipes.first(where: { $0.name == nameOrFile }) {
      return try ConfigurationDocument(encoding: recipe.experiment, name: recipe.name)
    }
    guard let text = try TextFile.read(nameOrFile) else {
      throw CommandError.noSuchRecipe(nameOrFile, known: recipes.map(\.name))
    }
    return try ConfigurationDocument(yaml: text, name: nameOrFile)
  }
}
