package import Configuration
package import Episodes
package import RandomKeys

/// Inputs of another family, moved by the same number in every coordinate.
///
/// Targets of functions are those of the moved inputs. Source: Akyürek et al. 2022, its code, where
/// coordinates are `N(0, 1)` times a factor plus an offset, <https://arxiv.org/abs/2211.15661>.
package struct TranslatedInputs: Shift {
  package static let kind = FamilyKind.translatedInputs
  package static let description = FamilyDescription(
    "Inputs of another family, moved by the same number in every coordinate.",
    source: "Akyürek et al. 2022, its code", link: "https://arxiv.org/abs/2211.15661",
    oracle: "that of the family")

  package var offset: Float = 2.5
  package var family = FamilyConfiguration(LinearRegression())

  package static let settings: [Setting<Self>] = [
    Setting("offset", \.offset, in: -1e3...1e3, "what is added to every coordinate"),
    Setting(family: \.family),
  ]

  package init() {}

  package func check() throws(SettingProblem) { try requireVectors() }

  package func changeInputs(_ key: RandomKey, _ episode: inout Episode) {
    var inputs = episode.inputs.mutableSpan
    for i in 0..<inputs.count { inputs[unchecked: i] += offset }
  }
}
