package import Configuration
package import Episodes
package import RandomKeys

/// Inputs of another family, multiplied with a factor.
///
/// Targets of functions are those of the scaled inputs. Source: Garg et al. 2022,
/// <https://arxiv.org/abs/2208.01066>.
package struct ScaledInputs: Shift {
  package static let kind = FamilyKind.scaledInputs
  package static let description = FamilyDescription(
    "Inputs of another family, multiplied with a factor.",
    source: "Garg et al. 2022", link: "https://arxiv.org/abs/2208.01066",
    oracle: "that of the family")

  package var factor: Float = 2
  package var family = FamilyConfiguration(LinearRegression())

  package static let settings: [Setting<Self>] = [
    Setting("factor", \.factor, in: 1e-3...1e3, "what inputs are multiplied with"),
    Setting(family: \.family),
  ]

  package init() {}

  package func check() throws(SettingProblem) { try requireVectors() }

  package func changeInputs(_ key: RandomKey, _ episode: inout Episode) {
    var inputs = episode.inputs.mutableSpan
    for i in 0..<inputs.count { inputs[unchecked: i] *= factor }
  }
}
