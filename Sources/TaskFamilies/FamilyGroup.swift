/// What lists of families put together.
package enum FamilyGroup: String, Codable, CaseIterable, Sendable {
  case regression
  case classification
  case sequences
  case boolean
  /// Made of other families.
  case derived

  /// The heading of the group.
  package var title: String {
    switch self {
    case .regression: "Regression"
    case .classification: "Classification"
    case .sequences: "Sequences"
    case .boolean: "Boolean"
    case .derived: "Made of other families"
    }
  }

  /// The kinds of the group, in the order of ``FamilyKind``.
  package var kinds: [FamilyKind] { FamilyKind.allCases.filter { $0.settings.group == self } }
}
