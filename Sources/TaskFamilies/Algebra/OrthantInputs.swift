package import Configuration
package import Episodes
package import RandomKeys

/// Contexts from one orthant, with a query from anywhere.
///
/// The signs of all inputs but the last are those of one random pattern for each episode; the last
/// example, the query, stays as it was drawn. Source: Garg et al. 2022,
/// <https://arxiv.org/abs/2208.01066>.
package struct OrthantInputs: Shift {
  package static let kind = FamilyKind.orthantInputs
  package static let description = FamilyDescription(
    "Contexts from one random orthant; the last example is a query from anywhere.",
    source: "Garg et al. 2022", link: "https://arxiv.org/abs/2208.01066",
    oracle: "that of the family")

  package var family = FamilyConfiguration(LinearRegression())

  package static let settings: [Setting<Self>] = [Setting(family: \.family)]

  package init() {}

  package func check() throws(SettingProblem) { try requireVectors() }

  package func changeInputs(_ key: RandomKey, _ episode: inout Episode) {
    let dimension = episode.shape.inputDimension
    for i in 0..<dimension {
      let sign: Float = key.folded(with: i).uniformInteger(below: 2) == 0 ? 1 : -1
      for example in 0..<episode.shape.exampleCount - 1 {
        let place = example * dimension + i
        episode.inputs[place] = sign * episode.inputs[place].magnitude
      }
    }
  }
}
