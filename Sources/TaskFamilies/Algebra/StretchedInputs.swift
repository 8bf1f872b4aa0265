package import Configuration
import Episodes
import RandomKeys

/// Inputs of another family, stretched along the directions of a random basis.
///
/// `x' = Q Λ Qᵀ x` with a random orthogonal `Q`, one for all episodes. `Λ` is diagonal with
/// `λᵢ = i^(-exponent)` for `i ≤ rank` and zero beyond, rescaled so that inputs with unit covariance
/// keep their mean square. An exponent of 1 and full rank give skewed inputs, an exponent of 0 and
/// half the dimensions as rank a subspace.
///
/// Source: Garg et al. 2022, <https://arxiv.org/abs/2208.01066>, where `1/i` are the
/// factors of directions, so that variances fall as `1/i²`.
package struct StretchedInputs: Shift {
  package static let kind = FamilyKind.stretchedInputs
  package static let description = FamilyDescription(
    "Inputs of another family with a skewed covariance, or in a subspace.",
    source: "Garg et al. 2022", link: "https://arxiv.org/abs/2208.01066",
    oracle: "that of the family")

  package var exponent = 1
  package var rank: Int?
  package var seed = 0
  package var family = FamilyConfiguration(LinearRegression())

  package static let settings: [Setting<Self>] = [
    Setting(
      "exponent", \.exponent, in: 0...8, "power of 1/i that direction i is multiplied with"),
    Setting("rank", optional: \.rank, in: 1...1024, "directions that remain; all if null"),
    Setting("seed", \.seed, in: 0...Int.max, "names the basis"),
    Setting(family: \.family),
  ]

  package init() {}

  package func check() throws(SettingProblem) {
    try requireVectors()
    let dimension = family.episodeShape.inputDimension
    guard dimension <= InputMap.largestDimension else {
      throw SettingProblem("family", "has inputs of more than \(InputMap.largestDimension) numbers")
    }
    if let rank, rank > dimension {
      throw SettingProblem("rank", "more than the \(dimension) dimensions of the inputs")
    }
  }

  package func makeFamily() throws -> any TaskFamily {
    let dimension = family.episodeShape.inputDimension
    let factors = (1...dimension).map { index in
      index <= rank ?? dimension ? inversePower(Double(index)) : 0
    }
    let scale = (Double(dimension) / factors.reduce(0) { $0 + $1 * $1 }).squareRoot()
    let map = InputMap(
      factors: factors.map { $0 * scale }, key: RandomKey(seed: UInt64(seed)).folded(with: .change))
    return MappedInputs(family: try family.makeFamily(), map: map)
  }

  private func inversePower(_ index: Double) -> Double {
    (0..<exponent).reduce(1) { power, _ in power / index }
  }
}

/// A family whose inputs go through a linear map.
private struct MappedInputs: DerivedFamily {
  let family: any TaskFamily
  let map: InputMap

  func drawInputs(_ key: RandomKey, into episode: inout Episode) {
    family.drawInputs(key, into: &episode)
    map.apply(to: &episode.inputs)
  }
}
