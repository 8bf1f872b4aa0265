package import Configuration
package import Episodes
package import RandomKeys

/// Episodes whose last example, the query, is orthogonal to all the others.
///
/// It keeps the length with which it was drawn. The context says nothing about it: the optimal error
/// of linear regression is that of predicting zero. For evaluation rather than training, as drawing
/// one takes memory.
///
/// Source: Garg et al. 2022, <https://arxiv.org/abs/2208.01066>.
package struct OrthogonalQuery: Shift {
  package static let kind = FamilyKind.orthogonalQuery
  package static let description = FamilyDescription(
    "The last example is a query that is orthogonal to all the others.",
    source: "Garg et al. 2022", link: "https://arxiv.org/abs/2208.01066",
    oracle: "that of the family")

  package var family = FamilyConfiguration(LinearRegression { $0.exampleCount = 5 })

  package static let settings: [Setting<Self>] = [Setting(family: \.family)]

  package init() {}

  package func check() throws(SettingProblem) {
    try requireVectors()
    let shape = family.episodeShape
    guard shape.exampleCount <= shape.inputDimension else {
      throw SettingProblem(
        "family",
        "has \(shape.exampleCount) examples, of which no more than the \(shape.inputDimension) dimensions can be orthogonal"
      )
    }
  }

  /// - Complexity: O(N²·D)
  package func changeInputs(_ key: RandomKey, _ episode: inout Episode) {
    let dimension = episode.shape.inputDimension
    let start = episode.inputs.count - dimension
    let numbers = episode.inputs.map(Double.init)
    let query = Array(numbers[start...])
    let context = OrthogonalBasis(spanning: Array(numbers[..<start]), dimension: dimension)
    let rest = context.remainder(of: query)
    func length(_ vector: [Double]) -> Double {
      vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    let scale = length(rest) > 0 ? length(query) / length(rest) : 0
    for i in 0..<dimension { episode.inputs[start + i] = Float(scale * rest[i]) }
  }
}
