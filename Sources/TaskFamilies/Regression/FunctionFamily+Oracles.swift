package import Baselines
import Episodes

// Dimension key
//   M  tasks of a pool      L  numbers of the latent

extension FunctionFamily {
  package func oracle(under conditions: OracleConditions) -> any InContextLearner {
    let variance = Double(noise * noise) + conditions.addedVariance
    guard var tasks = conditions.tasks else {
      return oracle(noiseVariance: variance, weightScale: conditions.weightScale)
    }
    for task in tasks.indices {
      for i in weights ?? 0..<0 { tasks[task][i] *= Float(conditions.weightScale) }
    }
    return oracle(of: tasks, noiseVariance: variance)
  }

  package func oracle(of tasks: [[Float]], noiseVariance: Double) -> any InContextLearner {
    guard weights == 0..<episodeShape.latentCount else {
      return DiscreteMinimumMeanSquaredError(
        taskCount: tasks.count, noiseVariance: noiseVariance
      ) { values(of: tasks[$0], at: $1) }
    }
    let learner = linearOracle(of: tasks, noiseVariance: noiseVariance)
    return FeatureLearner(learner, on: "Features") { features(of: $0) }
  }

  /// The optimal learner of functions `w · x`, each weight vector `w` being as likely.
  ///
  /// - Parameter tasks: `M` vectors.
  func linearOracle(
    of tasks: [[Float]], noiseVariance: Double
  ) -> DiscreteMinimumMeanSquaredError {
    DiscreteMinimumMeanSquaredError(
      weights: Array(tasks.joined()), dimension: episodeShape.latentCount,
      noiseVariance: noiseVariance)
  }

  /// The optimal learner of targets that are linear in known features with weights `N(0, τ² I)`.
  ///
  /// - Parameters:
  ///   - name: what the features are, such as `Squares`.
  ///   - priorVariance: `τ²`
  ///   - noiseVariance: `σ²`; if there is none, least squares is optimal.
  func featureOracle(
    on name: String, priorVariance: Double, noiseVariance: Double
  ) -> any InContextLearner {
    guard noiseVariance > 0 else {
      return FeatureLearner(LeastSquares(), on: name) { features(of: $0) }
    }
    return FeatureLearner(
      BayesianLinearRegression(priorVariance: priorVariance, noiseVariance: noiseVariance),
      on: name
    ) { features(of: $0) }
  }
}
