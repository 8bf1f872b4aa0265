/// What probes find in the residual stream of a model.
package struct ProbeSurvey: Codable, Sendable {
  /// Episodes to which probes were fitted.
  package let fitted: Int
  /// Episodes that chose penalties and lengths of training.
  package let choosing: Int
  /// Episodes that the scores are of.
  package let scored: Int
  /// The learner whose weights, predictions and residuals were looked for; nil where targets are not
  /// real.
  package let estimator: String?
  package let scores: [ProbeScore]

  /// The scores of a quantity for tokens of a role, by context length and number of layers.
  package func scores(of quantity: ProbeQuantity, _ role: ProbeSite.Role) -> [ProbeScore] {
    scores.filter { $0.quantity == quantity && $0.site.role == role }
  }
}

/// How well probes find one quantity at one place: shares of its variance that they explain, `R²`.
///
/// Below zero a probe is worse than the mean of the fitted episodes.
package struct ProbeScore: Codable, Equatable, Sendable {
  package let quantity: ProbeQuantity
  package let site: ProbeSite
  /// Behind how many layers the residual stream was read.
  package let layers: Int
  package let linear: Estimate
  /// On the control task: quantities of other episodes.
  package let linearControl: Estimate
  /// With one hidden layer.
  package let network: Estimate
  package let networkControl: Estimate
}
