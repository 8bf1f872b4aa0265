import ArgumentParser
import Configuration
import Foundation
import MetaTraining
import TaskFamilies

/// The arguments that name a task family.
struct FamilyArgument: ParsableArguments {
  @Argument(
    help: "The name of a family, a YAML file of a family or of an experiment, or a recipe.")
  var family: String
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: "Change a setting, such as dimension=10 of a family or family.dimension=10 of a recipe.")
  var overrides: [String] = []

  /// - Throws: see ``configuration(_:overrides:)``.
  var configuration: FamilyConfiguration {
    get throws { try Self.configuration(family, overrides: overrides) }
  }

  /// The family that a command line means, with overrides of whatever document describes it.
  ///
  /// A name is that of a family or of a recipe, before it is that of a file. An experiment means
  /// the family that it is evaluated on.
  ///
  /// - Throws: `ConfigurationError`, or ``CommandError`` if there is nothing of that name.
  static func configuration(
    _ nameOrFile: String, overrides: [String]
  ) throws -> FamilyConfiguration {
    if Recipe.all.contains(where: { $0.name == nameOrFile }) {
      return try Recipe.experiment(nameOrFile, overrides: overrides).evaluationFamily
    }
    var document = try document(nameOrFile)
    for override in overrides { try document.override(override) }
    guard document.contains("kind") else {
      return try Experiment(document).evaluationFamily
    }
    return try document.decode()
  }

  /// The kind of families that `name` names.
  ///
  /// - Throws: ``CommandError`` if there is none.
  static func kind(_ name: String) throws -> FamilyKind {
    guard let kind = FamilyKind(rawValue: name) else {
      throw CommandError.noSuchFamily(name, known: FamilyKind.allCases.map(\.rawValue))
    }
    return kind
  }

  private static func document(_ nameOrFile: String) throws -> ConfigurationDocument {
    if let kind = FamilyKind(rawValue: nameOrFile) {
      return try ConfigurationDocument(encoding: FamilyConfiguration(kind), name: nameOrFile)
    }
    if let text = try TextFile.read(nameOrFile) {
      return try ConfigurationDocument(yaml: text, name: nameOrFile)
    }
    // What looks like a path was not meant as a name.
    guard !nameOrFile.contains("/"), URL(filePath: nameOrFile).pathExtension.isEmpty else {
      throw CommandError.missing(nameOrFile)
    }
    throw CommandError.noSuchFamily(
      nameOrFile, known: FamilyKind.allCases.map(\.rawValue) + Recipe.all.map(\.name))
  }
}
