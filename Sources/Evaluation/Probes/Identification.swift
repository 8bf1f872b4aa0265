import Baselines

// Dimension key
//   K  context lengths      L  candidates

/// What a model has become, as far as its predictions on some tasks tell.
///
/// Its JSON form is part of the answer of `manabi identify --json`.
package struct Identification: Codable, Sendable {
  /// Whose tasks were drawn, such as `unseen tasks`.
  package let tasks: String
  package let episodes: Int
  /// `[K]`: after how many examples predictions were compared.
  package let contextLengths: [Int]
  /// The probability that an interval is meant to cover.
  package let confidence: Double
  package let resamples: Int
  /// What squared differences were divided by: the mean squared target, or for classes `1 - 1/C`.
  package let targetMeanSquare: Double
  /// The mean square of the model's predictions, or of the distance of its probabilities from uniform
  /// ones, divided likewise.
  package let modelMeanSquare: Estimate
  /// `[L]`: the nearest first.
  package let candidates: [CandidateComparison]
  /// The squared prediction differences between candidates, over all context lengths, `[L, L]`.
  package let candidateDifferences: [[Double]]
  package let linearity: Linearity?
  package let blend: BlendFit
  package let odds: PosteriorOdds?
  package let verdict: Verdict

  /// Of each algorithm the candidate that is nearest to the model, the nearest first.
  package var nearestOfEachAlgorithm: [CandidateComparison] {
    var algorithms: Set<String> = []
    return candidates.filter { algorithms.insert($0.algorithm).inserted }
  }
}

/// How a model compares with one known learner.
package struct CandidateComparison: Codable, Sendable {
  package let name: String
  package let words: String
  /// The algorithm, whatever its constants.
  package let algorithm: String
  package let constants: [String: Double]
  package let origin: CandidateAlgorithm.Origin
  package let role: CandidateAlgorithm.Role?
  /// The squared prediction difference to the model, by context length.
  package let difference: ContextCurve
  /// The squared prediction difference to the model over all context lengths.
  package let meanDifference: Estimate
  /// The same as a share of the model's own mean square: what the candidate leaves unexplained.
  package let unexplained: Estimate
  /// The mean absolute difference of real predictions, in units of the target.
  package let predictionDifference: Estimate?
  /// How often the likeliest class is the same.
  package let agreement: Estimate?
  package let sensitivity: SensitivityComparison?
  /// The squared distance between implicit weights, over the dimension.
  package let weightDifference: WeightDifference?
}

/// The gradients of two learners' predictions by the query, compared.
///
/// Source: von Oswald et al. 2022, section 3, <https://arxiv.org/abs/2212.07677>.
package struct SensitivityComparison: Codable, Sendable {
  package let contextLengths: [Int]
  /// The mean cosine between the gradients.
  package let cosine: Estimate
  /// The mean Euclidean distance between the gradients.
  package let distance: Estimate
  package let cosines: ContextCurve
  package let distances: ContextCurve
}

/// The implicit linear weight difference, `|ŵ_f - ŵ_g|²`, over the dimension.
///
/// Source: Akyürek et al. 2022, section 4.1, <https://arxiv.org/abs/2211.15661>.
package struct WeightDifference: Codable, Sendable {
  package let contextLengths: [Int]
  package let mean: Estimate
  package let difference: ContextCurve
}

/// How nearly linear in the query a model is.
package struct Linearity: Codable, Sendable {
  package let contextLengths: [Int]
  /// How many episodes had fresh queries, and how many of them.
  package let episodes: Int
  package let queries: Int
  /// The share of the mean square of predictions for fresh queries that a linear function of the query
  /// explains, fitted to others of the same context.
  package let explained: Estimate
  package let curve: ContextCurve
}
