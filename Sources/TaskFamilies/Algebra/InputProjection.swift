package import Configuration
package import Episodes

/// The inputs of another family, seen through a random linear map of each task.
///
/// One task is one of the family's and a matrix `A` of `[D, K]` with `A_ij ~ N(0, 1/K)`, where `K`
/// is the dimension of the family's inputs. An example is the family's with `A x` in place of `x`;
/// its target belongs to `x`.
///
/// The latent is that of the family and three numbers that name the matrix, which has too many
/// elements to be kept with every episode: it is drawn again for each episode of the task.
///
/// Source: Kirsch et al. 2022, section 3, <https://arxiv.org/abs/2212.04458>.
package struct InputProjection: DerivedSettings {
  package static let kind = FamilyKind.randomProjection
  package static let description = FamilyDescription(
    "The inputs of another family, seen through a random linear map of each task.",
    source: "Kirsch et al. 2022, section 3", link: "https://arxiv.org/abs/2212.04458",
    oracle: "of classes nearestCentroid, of numbers ridge; the strongest of our learners")

  /// `D`; that of the family if nil.
  package var inputDimension: Int?
  package var family = FamilyConfiguration(PrototypeSettings())

  package static let settings: [Setting<Self>] = [
    Setting(
      "inputDimension", optional: \.inputDimension, in: 1...RandomMatrix.largestRowCount,
      "dimension of an input; that of the family if null"),
    Setting(family: \.family),
  ]

  package init() {}

  package func check() throws(SettingProblem) {
    guard !family.episodeShape.target.isSequence else {
      throw SettingProblem("family", "has tokens as inputs; only vectors can be projected")
    }
    guard projectedDimension <= RandomMatrix.largestRowCount else {
      throw SettingProblem(
        "inputDimension",
        "the family's \(projectedDimension) are too many; give one up to "
          + "\(RandomMatrix.largestRowCount)")
    }
  }

  private var projectedDimension: Int { inputDimension ?? family.episodeShape.inputDimension }

  package var episodeShape: EpisodeShape {
    let shape = family.episodeShape
    return EpisodeShape(
      exampleCount: shape.exampleCount,
      // Not `projectedDimension`: to ask twice at every level takes forever in nested families.
      inputDimension: inputDimension ?? shape.inputDimension, target: shape.target,
      latentCount: shape.latentCount + ProjectedFamily.ownLatentCount)
  }

  package func makeFamily() throws -> any TaskFamily {
    ProjectedFamily(family: try family.makeFamily(), episodeShape: episodeShape)
  }
}
