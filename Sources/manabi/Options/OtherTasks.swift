import ArgumentParser
import TaskFamilies

/// The options that name tasks other than the model's own.
struct OtherTasks: ParsableArguments {
  @Option(
    help: "Draw tasks of this family instead of the model's own: a name, a YAML file or a recipe.")
  var family: String?
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: "Change a setting of that family, such as factor=2.")
  var overrides: [String] = []

  func validate() throws {
    guard overrides.isEmpty || family != nil else {
      throw ValidationError("--set changes the family that --family names.")
    }
  }

  /// The family, if one is named.
  ///
  /// - Throws: see ``FamilyArgument/configuration(_:overrides:)``.
  var configuration: FamilyConfiguration? {
    get throws {
      try family.map { try FamilyArgument.configuration($0, overrides: overrides) }
    }
  }
}
