import RealModule

/// How a model weighs memorising the tasks of its training against the optimal learner of all tasks.
///
/// The weight is that of the blend of the two that comes nearest to the model's predictions; read as the
/// posterior probability of the strategy, it has odds.
///
/// Source, as an idea: Wurgaft et al. 2025, <https://arxiv.org/abs/2506.17859>.
package struct PosteriorOdds: Codable, Equatable, Sendable {
  /// The name of the candidate that memorises.
  package let memorizing: String
  /// The name of the candidate that generalises.
  package let generalizing: String
  /// Of memorising, from 0 to 1.
  package let weight: Estimate
  /// `log (weight / (1 - weight))`, infinite at either end.
  package let logOdds: Estimate
  /// What the blend of the two leaves, as a share of the model's mean square.
  package let unexplained: Estimate

  /// - Parameters:
  ///   - memorizing: the name of the candidate that memorises.
  ///   - generalizing: the name of the candidate that generalises.
  ///   - fit: of the two.
  init?(memorizing: String, generalizing: String, fit: BlendFit) {
    guard let weight = fit.members.first(where: { $0.algorithm == memorizing })?.weight else {
      return nil
    }
    self.memorizing = memorizing
    self.generalizing = generalizing
    self.weight = weight
    logOdds = Estimate(
      value: Self.logOdds(weight.value), low: Self.logOdds(weight.low),
      high: Self.logOdds(weight.high))
    unexplained = fit.unexplained
  }

  private static func logOdds(_ weight: Double) -> Double { .log(weight) - .log(1 - weight) }
}
