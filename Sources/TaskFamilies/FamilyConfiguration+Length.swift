import Configuration
import Episodes

extension FamilyConfiguration {
  /// The same tasks with another number of examples in an episode, of all families that this one is
  /// made of.
  ///
  /// - Parameters:
  ///   - count: `N`
  ///   - origin: what a user said to have it so, such as `--examples 40`, for errors.
  /// - Throws: `ConfigurationError` if the family cannot have as many or as few.
  package func withExamples(_ count: Int, origin: String) throws -> FamilyConfiguration {
    var document = try ConfigurationDocument(encoding: self, name: origin)
    document.replaceAll("exampleCount", with: count, origin: origin)
    let family: FamilyConfiguration = try document.decode()
    guard family.episodeShape.exampleCount == count else {
      throw ConfigurationError(
        path: "exampleCount",
        message:
          "\(kind.rawValue) has \(family.episodeShape.exampleCount) examples whatever is asked for",
        origin: .text(name: origin, line: nil))
    }
    return family
  }
}
