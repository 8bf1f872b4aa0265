/// The kinds of task families, by the names that experiments use.
///
/// A new kind is a case here and the row that names its settings.
package enum FamilyKind: String, Codable, CaseIterable, Sendable {
  // Regression
  case linearRegression
  // Classification
  case prototypeClassification
  case datasetClassification
  case randomAssociations
  // Sequences of tokens
  case markovChains
  case ginc
  case associativeRecall
  // Made of other families
  case pool
  case mixture
  case randomProjection
  case labelPermutation
  case scaledInputs
  case scaledWeights
  case stretchedInputs
  case orthantInputs
  case orthogonalQuery
  case overlappingQuery
  case permutedOrder
  case addedNoise
  case outliers
  case labelNoise

  /// The settings that stand beside the name.
  package var settings: any FamilySettings.Type {
    switch self {
    case .linearRegression: LinearRegression.self
    case .prototypeClassification: PrototypeSettings.self
    case .datasetClassification: DatasetSettings.self
    case .randomAssociations: RandomAssociations.self
    case .markovChains: MarkovChains.self
    case .ginc: GINCSettings.self
    case .associativeRecall: AssociativeRecall.self
    case .pool: Pool.self
    case .mixture: Mixture.self
    case .randomProjection: InputProjection.self
    case .labelPermutation: LabelPermutation.self
    case .scaledInputs: ScaledInputs.self
    case .scaledWeights: ScaledWeights.self
    case .stretchedInputs: StretchedInputs.self
    case .orthantInputs: OrthantInputs.self
    case .orthogonalQuery: OrthogonalQuery.self
    case .overlappingQuery: OverlappingQuery.self
    case .permutedOrder: PermutedOrder.self
    case .addedNoise: AddedNoise.self
    case .outliers: Outliers.self
    case .labelNoise: LabelNoise.self
    }
  }
}
