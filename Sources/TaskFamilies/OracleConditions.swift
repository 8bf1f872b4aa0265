/// What other families change about the tasks of one, as far as its optimal learner has to know.
package struct OracleConditions: Sendable {
  /// The variance of noise on targets beside the family's own.
  package var addedVariance = 0.0
  /// What the weights of the family are multiplied with.
  package var weightScale = 1.0
  /// The tasks that are drawn, each `[L]` as the family's latent describes it; nil for all that the
  /// family can draw.
  package var tasks: [[Float]]?

  package init() {}
}
