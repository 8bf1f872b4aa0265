package import Configuration
package import Episodes
package import RandomKeys

/// Episodes whose last example, the query, repeats the input of one of the others.
///
/// Source: Garg et al. 2022, <https://arxiv.org/abs/2208.01066>.
package struct OverlappingQuery: Shift {
  package static let kind = FamilyKind.overlappingQuery
  package static let description = FamilyDescription(
    "The last example is a query that repeats the input of one of the others.",
    source: "Garg et al. 2022", link: "https://arxiv.org/abs/2208.01066",
    oracle: "that of the family")

  package var family = FamilyConfiguration(LinearRegression())

  package static let settings: [Setting<Self>] = [Setting(family: \.family)]

  package init() {}

  package func check() throws(SettingProblem) {
    try requireVectors()
    guard family.episodeShape.exampleCount > 1 else {
      throw SettingProblem("family", "needs at least 2 examples")
    }
  }

  package func changeInputs(_ key: RandomKey, _ episode: inout Episode) {
    let dimension = episode.shape.inputDimension
    let query = episode.shape.exampleCount - 1
    let chosen = key.uniformInteger(below: query)
    for i in 0..<dimension {
      episode.inputs[query * dimension + i] = episode.inputs[chosen * dimension + i]
    }
  }
}
