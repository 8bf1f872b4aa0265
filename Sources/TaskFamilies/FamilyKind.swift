/// The kinds of task families, by the names that experiments use.
///
/// A new kind is a case here and the row that names its settings.
package enum FamilyKind: String, Codable, CaseIterable, Sendable {
  // Regression
  case linearRegression
  // Classification
  case prototypeClassification
  // Sequences of tokens
  case markovChains
  case ginc
  case associativeRecall
  // Made of other families
  case pool

  /// The settings that stand beside the name.
  package var settings: any FamilySettings.Type {
    switch self {
    case .linearRegression: LinearRegression.self
    case .prototypeClassification: PrototypeSettings.self
    case .markovChains: MarkovChains.self
    case .ginc: GINCSettings.self
    case .associativeRecall: AssociativeRecall.self
    case .pool: Pool.self
    }
  }
}
