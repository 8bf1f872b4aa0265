package import Configuration
package import Episodes

/// The settings of a kind of families: what an experiment writes beside `kind`.
///
/// A family that prepares nothing is its own settings; one that does is made by them.
package protocol FamilySettings: Settings {
  static var kind: FamilyKind { get }
  static var description: FamilyDescription { get }
  /// Where lists show the kind; after the targets of its episodes unless it says otherwise.
  static var group: FamilyGroup { get }

  /// The extents of the family's episodes.
  var episodeShape: EpisodeShape { get }

  /// The same tasks without pools that limit them.
  var unlimited: FamilyConfiguration { get }

  /// The same tasks on data that this family never shows; nil if it has no data that its tasks have
  /// in common.
  var anotherBase: FamilyConfiguration? { get }

  /// - Throws: what keeps the family from being prepared, such as a dataset that is missing.
  func makeFamily() throws -> any TaskFamily
}

/// What people read about a kind of families.
package struct FamilyDescription: Sendable {
  /// One line: what a task is, and what an example.
  package let summary: String
  /// Paper, and what of it: a section that was opened, or its code.
  package let source: String
  package let link: String
  /// The optimal learner and when it is optimal, or the strongest known one.
  package let oracle: String

  package init(_ summary: String, source: String, link: String, oracle: String) {
    self.summary = summary
    self.source = source
    self.link = link
    self.oracle = oracle
  }
}

extension FamilySettings {
  /// The defaults with some changes.
  package init(_ change: (inout Self) -> Void) {
    self.init()
    change(&self)
  }

  package var unlimited: FamilyConfiguration { FamilyConfiguration(self) }

  package var anotherBase: FamilyConfiguration? { nil }

  package static var group: FamilyGroup {
    switch Self().episodeShape.target {
    case .real: .regression
    case .classes: .classification
    case .tokens: .sequences
    }
  }
}

extension FamilySettings where Self: TaskFamily {
  package func makeFamily() -> any TaskFamily { self }
}
