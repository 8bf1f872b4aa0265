/// The kinds of task families, by the names that experiments use.
///
/// A new kind is a case here and the row that names its settings.
package enum FamilyKind: String, Codable, CaseIterable, Sendable {
  // Regression
  case linearRegression
  case sparseLinearRegression
  case quadraticRegression
  case monomialRegression
  case sinusoid
  case fourierSeries
  case reluNetwork
  case decisionTree
  case gaussianProcess
  // Classification
  case prototypeClassification
  // Made of other families
  case pool
  case mixture
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
    case .sparseLinearRegression: SparseLinearRegression.self
    case .quadraticRegression: QuadraticRegression.self
    case .monomialRegression: MonomialRegression.self
    case .sinusoid: Sinusoid.self
    case .fourierSeries: FourierSeries.self
    case .reluNetwork: ReLUNetwork.self
    case .decisionTree: DecisionTree.self
    case .gaussianProcess: GaussianProcess.self
    case .prototypeClassification: PrototypeSettings.self
    case .pool: Pool.self
    case .mixture: Mixture.self
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
