/// The kinds of task families, by the names that experiments use.
///
/// A new kind is a case here and the row that names its settings.
package enum FamilyKind: String, Codable, CaseIterable, Sendable {
  // Regression
  case linearRegression
  // Classification
  case prototypeClassification
  case linearClassification
  case argmaxClassification
  case gaussianMixture
  case burstyPrototypes
  case networkClassification
  // Tables
  case structuralCausalModel
  // Boolean functions
  case sparseParity
  case conjunction
  case disjunctiveNormalForm
  // Made of other families
  case pool

  /// The settings that stand beside the name.
  package var settings: any FamilySettings.Type {
    switch self {
    case .linearRegression: LinearRegression.self
    case .prototypeClassification: PrototypeSettings.self
    case .linearClassification: LinearClassification.self
    case .argmaxClassification: ArgmaxClassification.self
    case .gaussianMixture: GaussianMixture.self
    case .burstyPrototypes: BurstySettings.self
    case .networkClassification: NetworkClassification.self
    case .structuralCausalModel: StructuralCausalModel.self
    case .sparseParity: SparseParity.self
    case .conjunction: Conjunction.self
    case .disjunctiveNormalForm: DisjunctiveNormalForm.self
    case .pool: Pool.self
    }
  }
}
