import Episodes

/// A learner of real targets whose prediction is an affine function of the query.
protocol AffineInQuery: QueryDifferentiable {
  /// The prediction for the last example of an episode, in double precision.
  func lastPrediction(of episode: Episode) throws -> Double
}

extension AffineInQuery {
  package var isAffineInQuery: Bool { true }

  package func sensitivities(of example: Int, in episodes: [Episode]) throws -> [Double] {
    try QueryDifferences.affine(of: example, in: episodes) { try self.lastPrediction(of: $0) }
  }
}

extension AffineInQuery where Self: EpisodeLearner {
  func lastPrediction(of episode: Episode) throws -> Double {
    try predictions(of: episode).last ?? 0
  }
}

extension AffineInQuery where Self: GaussianLearner {
  func lastPrediction(of episode: Episode) throws -> Double {
    try predictiveDistributions(of: episode).last?.mean ?? 0
  }
}

extension ZeroPredictor: AffineInQuery {
  func lastPrediction(of episode: Episode) -> Double { 0 }
}

extension Averaging: AffineInQuery {}
extension BayesianLinearRegression: AffineInQuery {}
extension Lasso: AffineInQuery {}
extension LeastSquares: AffineInQuery {}
extension MeanTarget: AffineInQuery {}
extension OnlineGradientDescent: AffineInQuery {}
extension RidgeRegression: AffineInQuery {}
