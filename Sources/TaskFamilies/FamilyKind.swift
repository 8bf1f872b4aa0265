/// The kinds of task families, by the names that experiments use.
///
/// A new kind is a case here and the row that names its settings.
package enum FamilyKind: String, Codable, CaseIterable, Sendable {
  // Regression
  case linearRegression
  case sparseLinearRegression
  case quadraticRegression
  case monomialRegression
  case reluNetwork
  case decisionTree
  case sinusoid
  case fourierSeries
  case gaussianProcess
  // Classification
  case linearClassification
  case gaussianMixture
  case argmaxClassification
  case prototypeClassification
  case burstyPrototypes
  case networkClassification
  case structuralCausalModel
  case datasetClassification
  case randomAssociations
  // Boolean functions
  case sparseParity
  case conjunction
  case disjunctiveNormalForm
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
  case translatedInputs
  case translatedWeights
  case stretchedInputs
  case redrawnInputs
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
    case .sparseLinearRegression: SparseLinearRegression.self
    case .quadraticRegression: QuadraticRegression.self
    case .monomialRegression: MonomialRegression.self
    case .reluNetwork: ReLUNetwork.self
    case .decisionTree: DecisionTree.self
    case .sinusoid: Sinusoid.self
    case .fourierSeries: FourierSeries.self
    case .gaussianProcess: GaussianProcess.self
    case .linearClassification: LinearClassification.self
    case .gaussianMixture: GaussianMixture.self
    case .argmaxClassification: ArgmaxClassification.self
    case .prototypeClassification: PrototypeSettings.self
    case .burstyPrototypes: BurstySettings.self
    case .networkClassification: NetworkClassification.self
    case .structuralCausalModel: StructuralCausalModel.self
    case .datasetClassification: DatasetSettings.self
    case .randomAssociations: RandomAssociations.self
    case .sparseParity: SparseParity.self
    case .conjunction: Conjunction.self
    case .disjunctiveNormalForm: DisjunctiveNormalForm.self
    case .markovChains: MarkovChains.self
    case .ginc: GINCSettings.self
    case .associativeRecall: AssociativeRecall.self
    case .pool: Pool.self
    case .mixture: Mixture.self
    case .randomProjection: InputProjection.self
    case .labelPermutation: LabelPermutation.self
    case .scaledInputs: ScaledInputs.self
    case .scaledWeights: ScaledWeights.self
    case .translatedInputs: TranslatedInputs.self
    case .translatedWeights: TranslatedWeights.self
    case .stretchedInputs: StretchedInputs.self
    case .redrawnInputs: RedrawnInputs.self
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
