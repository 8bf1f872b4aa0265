package import Configuration
package import Episodes
package import RandomKeys

/// Tasks of another family whose weights are multiplied with a factor.
///
/// Weights are that part of a task in which noiseless targets are linear. Source: Garg et al. 2022,
/// <https://arxiv.org/abs/2208.01066>.
package struct ScaledWeights: Shift {
  package static let kind = FamilyKind.scaledWeights
  package static let description = FamilyDescription(
    "Tasks of another family whose weights are multiplied with a factor.",
    source: "Garg et al. 2022", link: "https://arxiv.org/abs/2208.01066",
    oracle: "that of the family for weights of the other scale")

  package var factor: Float = 2
  package var family = FamilyConfiguration(LinearRegression())

  package static let settings: [Setting<Self>] = [
    Setting("factor", \.factor, in: 1e-3...1e3, "what weights are multiplied with"),
    Setting(family: \.family),
  ]

  package init() {}

  package func check() throws(SettingProblem) { try requireRealTargets() }

  package func makeFamily() throws -> any TaskFamily {
    let family = try family.makeFamily()
    guard family.weights != nil else {
      throw ConfigurationError(
        path: "family", message: "\(self.family.kind) has no weights that \(Self.kind) could scale")
    }
    return ShiftedFamily(family: family, shift: self)
  }

  package func changeTask(_ key: RandomKey, weights: Range<Int>?, _ episode: inout Episode) {
    for i in weights ?? 0..<0 { episode.latent[i] *= factor }
  }

  package func conditions(within outer: OracleConditions) -> OracleConditions {
    var conditions = outer
    // The tasks of a pool around this shift are scaled already.
    if outer.tasks == nil { conditions.weightScale *= Double(factor) }
    return conditions
  }
}
