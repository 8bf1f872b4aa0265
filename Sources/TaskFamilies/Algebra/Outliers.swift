package import Configuration
package import Episodes
package import RandomKeys

/// Regression with gross errors: noise of another scale on some targets.
///
/// The contaminated normal of robust statistics: with probability `share` a target gets an error from
/// `N(0, scale²)`. Source: Huber 1964, <https://doi.org/10.1214/aoms/1177703732>.
package struct Outliers: Shift {
  package static let kind = FamilyKind.outliers
  package static let description = FamilyDescription(
    "Gross errors on some of the targets of another family.",
    source: "Huber 1964", link: "https://doi.org/10.1214/aoms/1177703732",
    oracle: "that of the family for noise of this variance, of linear families the best linear one")

  package var share: Float = 0.1
  package var scale: Float = 10
  package var family = FamilyConfiguration(LinearRegression())

  package static let settings: [Setting<Self>] = [
    Setting("share", \.share, in: 0...1, "probability of a gross error"),
    Setting("scale", \.scale, in: 0...1e4, "standard deviation of a gross error"),
    Setting(family: \.family),
  ]

  package init() {}

  package func check() throws(SettingProblem) { try requireRealTargets() }

  package func changeTargets(_ key: RandomKey, _ episode: inout Episode) {
    for example in 0..<episode.shape.exampleCount {
      let key = key.folded(with: example)
      guard key.folded(with: 0).isDrawn(share) else { continue }
      episode.targets[example] += scale * key.folded(with: 1).normal()
    }
  }

  package func conditions(within outer: OracleConditions) -> OracleConditions {
    var conditions = outer
    conditions.addedVariance += Double(share) * Double(scale) * Double(scale)
    return conditions
  }
}
