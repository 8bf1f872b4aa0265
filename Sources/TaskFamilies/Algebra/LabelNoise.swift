package import Configuration
package import Episodes
package import RandomKeys

/// Targets of another family, some of which are replaced by random ones.
///
/// A class becomes one that is uniform among all, a number one from `N(0, scale²)`. The last example, the
/// query, keeps its target. Source: von Oswald et al. 2022, its code, <https://arxiv.org/abs/2212.07677>,
/// for numbers.
package struct LabelNoise: Shift {
  package static let kind = FamilyKind.labelNoise
  package static let description = FamilyDescription(
    "Some targets of the context are replaced by random ones.",
    source: "von Oswald et al. 2022, its code, for numbers",
    link: "https://arxiv.org/abs/2212.07677",
    oracle: "that of the family, of numbers for noise of the variance of those that come in")

  package var share: Float = 0.2
  package var scale: Float = 1
  package var family = FamilyConfiguration(PrototypeSettings())

  package static let settings: [Setting<Self>] = [
    Setting("share", \.share, in: 0...1, "probability that a target is replaced"),
    Setting("scale", \.scale, in: 0...1e3, "standard deviation of numbers that replace others"),
    Setting(family: \.family),
  ]

  package init() {}

  package func check() throws(SettingProblem) { try requireVectors() }

  package func changeTargets(_ key: RandomKey, _ episode: inout Episode) {
    for example in 0..<episode.shape.exampleCount - 1 {
      let key = key.folded(with: example)
      guard key.folded(with: 0).isDrawn(share) else { continue }
      episode.targets[example] =
        switch episode.shape.target {
        case .real: scale * key.folded(with: 1).normal()
        case .classes(let count), .tokens(let count):
          Float(key.folded(with: 1).uniformInteger(below: count))
        }
    }
  }

  package func conditions(within outer: OracleConditions) -> OracleConditions {
    var conditions = outer
    conditions.addedVariance += Double(share) * Double(scale) * Double(scale)
    return conditions
  }
}
