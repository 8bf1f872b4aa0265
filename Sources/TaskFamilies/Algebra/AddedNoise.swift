package import Configuration
package import Episodes
package import RandomKeys

/// Targets of another family with noise on them, of light tails or heavy ones.
///
/// Source: Garg et al. 2022, <https://arxiv.org/abs/2208.01066>, for Gaussian noise.
package struct AddedNoise: Shift {
  package static let kind = FamilyKind.addedNoise
  package static let description = FamilyDescription(
    "Targets of another family with noise on them, of light tails or heavy ones.",
    source: "Garg et al. 2022, for Gaussian noise",
    link: "https://arxiv.org/abs/2208.01066",
    oracle: "that of the family for noise of this variance: optimal if it is Gaussian, else linear")

  package var distribution = NoiseDistribution.gaussian
  package var scale: Float = 1
  /// `ν`, of Student's distribution.
  package var degreesOfFreedom = 3
  package var family = FamilyConfiguration(LinearRegression())

  package static let settings: [Setting<Self>] = [
    Setting("distribution", choice: \.distribution, "how noise is distributed"),
    Setting("scale", \.scale, in: 0...1e3, "what noise of scale 1 is multiplied with"),
    Setting(
      "degreesOfFreedom", \.degreesOfFreedom, in: 1...100,
      "of Student's distribution; the others have none"),
    Setting(family: \.family),
  ]

  package init() {}

  package func check() throws(SettingProblem) { try requireRealTargets() }

  package func changeTargets(_ key: RandomKey, _ episode: inout Episode) {
    for example in 0..<episode.shape.exampleCount {
      episode.targets[example] += scale * error(key.folded(with: example))
    }
  }

  /// A number from the distribution of scale 1.
  private func error(_ key: RandomKey) -> Float {
    // The first numbers of a draw do not depend on how many there are.
    var normals = InlineArray<101, Float>(repeating: 0)
    let count =
      switch distribution {
      case .gaussian: 1
      case .laplace: 3
      case .studentT: 1 + degreesOfFreedom
      }
    var span = normals.mutableSpan
    key.fillNormals(&span, range: 0..<count)
    var squares: Float = 0
    for i in 1..<max(count, 1) { squares += normals[i] * normals[i] }
    return switch distribution {
    case .gaussian: normals[0]
    // Half the sum of two squares is exponential with mean 1, the variance of a normal mixture.
    case .laplace: normals[0] * squares.squareRoot()
    case .studentT: normals[0] / (squares / Float(degreesOfFreedom)).squareRoot()
    }
  }

  /// The variance of noise; of the distributions without one, that of their scale.
  private var variance: Double {
    let square = Double(scale) * Double(scale)
    let degrees = Double(degreesOfFreedom)
    return switch distribution {
    case .gaussian: square
    case .laplace: 2 * square
    case .studentT: degrees > 2 ? square * degrees / (degrees - 2) : square
    }
  }

  package func conditions(within outer: OracleConditions) -> OracleConditions {
    var conditions = outer
    conditions.addedVariance += variance
    return conditions
  }
}
