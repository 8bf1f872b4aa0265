import Baselines
package import Configuration
import Episodes
import RandomKeys

/// Tasks of another family whose weights are moved by the same number.
///
/// The family's functions are linear in all that describes a task. The optimal learner knows the mean
/// of the weights: it takes the mean's function from the targets and learns the rest.
///
/// Source: Akyürek et al. 2022, its code, where weights are `N(0, 1)` times a factor plus an offset,
/// <https://arxiv.org/abs/2211.15661>.
package struct TranslatedWeights: DerivedSettings {
  package static let kind = FamilyKind.translatedWeights
  package static let description = FamilyDescription(
    "Tasks of another family whose weights are moved by the same number.",
    source: "Akyürek et al. 2022, its code", link: "https://arxiv.org/abs/2211.15661",
    oracle: "that of the family, of what is left of targets without the mean of the weights")

  package var offset: Float = 2.5
  package var family = FamilyConfiguration(LinearRegression())

  package static let settings: [Setting<Self>] = [
    Setting("offset", \.offset, in: -1e3...1e3, "what is added to every weight"),
    Setting(family: \.family),
  ]

  package init() {}

  package func makeFamily() throws -> any TaskFamily {
    let family = try family.makeFamily()
    guard let functions = family.functions,
      family.weights == 0..<functions.episodeShape.latentCount
    else {
      throw ConfigurationError(
        path: "family",
        message:
          "\(self.family.kind) has tasks that are more than weights, which \(Self.kind) moves")
    }
    return TranslatedFamily(family: family, linear: functions, offset: offset)
  }
}

/// The family that ``TranslatedWeights`` describes.
private struct TranslatedFamily: DerivedFamily {
  let family: any TaskFamily
  /// Of the family, whose part that the mean of the weights causes is known.
  let linear: any FunctionFamily
  let offset: Float

  func drawTask(_ key: RandomKey, into episode: inout Episode) {
    family.drawTask(key, into: &episode)
    for i in weights ?? 0..<0 { episode.latent[i] += offset }
  }

  func oracle(under conditions: OracleConditions) -> any InContextLearner {
    let oracle = family.oracle(under: conditions)
    // The tasks of a pool around this family are moved already.
    guard conditions.tasks == nil else { return oracle }
    let mean = [Float](
      repeating: offset * Float(conditions.weightScale), count: linear.episodeShape.latentCount)
    return ResidualLearner(oracle, around: "Mean") { [linear] in
      linear.values(of: mean, at: $0)
    }
  }
}
