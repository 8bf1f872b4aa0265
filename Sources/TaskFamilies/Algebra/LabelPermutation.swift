import Baselines
package import Configuration
package import Episodes
import RandomKeys

// Dimension key
//   N  examples in an episode      C  labels

/// The classes of another family under labels that each task permutes.
///
/// One task is one of the family's and a permutation `ρ` of the `C` labels, uniform among all, or,
/// with probability `bias`, the one that changes nothing. An example is the family's with `ρ(y)` in
/// place of `y`. A bias shortens the plateau of the loss, and what is learned still generalises.
///
/// The latent is that of the family and `ρ`, `[C]`.
///
/// Source: Kirsch et al. 2022, section 3, also for the bias,
/// <https://arxiv.org/abs/2212.04458>.
package struct LabelPermutation: DerivedSettings {
  package static let kind = FamilyKind.labelPermutation
  package static let description = FamilyDescription(
    "The classes of another family under labels that each task permutes.",
    source: "Kirsch et al. 2022, section 3", link: "https://arxiv.org/abs/2212.04458",
    oracle: "the family's, which has to treat all labels alike")

  /// The most labels: they are permuted on the stack.
  package static let largestClassCount = 4096

  package var bias: Float = 0
  package var family = FamilyConfiguration(PrototypeSettings())

  package static let settings: [Setting<Self>] = [
    Setting("bias", \.bias, in: 0...1, "probability of a task whose labels stay as they are"),
    Setting(family: \.family),
  ]

  package init() {}

  package func check() throws(SettingProblem) {
    guard case .classes(let count) = family.episodeShape.target else {
      throw SettingProblem("family", "has no classes whose labels could be permuted")
    }
    guard count <= Self.largestClassCount else {
      throw SettingProblem("family", "has more than \(Self.largestClassCount) classes")
    }
  }

  package var episodeShape: EpisodeShape {
    let shape = family.episodeShape
    return EpisodeShape(
      exampleCount: shape.exampleCount, inputDimension: shape.inputDimension,
      target: shape.target, latentCount: shape.latentCount + shape.target.width)
  }

  package func makeFamily() throws -> any TaskFamily {
    PermutedFamily(try family.makeFamily(), settings: self)
  }
}

/// The family that a ``LabelPermutation`` describes.
private struct PermutedFamily: DerivedFamily {
  let family: any TaskFamily
  let episodeShape: EpisodeShape
  let bias: Float

  init(_ family: any TaskFamily, settings: LabelPermutation) {
    self.family = family
    episodeShape = settings.episodeShape
    bias = settings.bias
  }

  /// Labels are no linear function of anything.
  var weights: Range<Int>? { nil }
  private var innerLatentCount: Int { episodeShape.latentCount - episodeShape.target.width }

  /// The family's own examples are drawn into a part of the episode.
  func makeEpisode() -> Episode {
    Episode(shape: episodeShape, parts: [family.makeEpisode()])
  }

  func drawTask(_ key: RandomKey, into episode: inout Episode) {
    family.drawTask(key, into: &episode.parts[0])
    let (first, count) = (innerLatentCount, episodeShape.target.width)
    for i in 0..<first { episode.latent[i] = episode.parts[0].latent[i] }
    let own = key.folded(forChangeAt: depth)
    let isIdentity = own.folded(with: 0).isDrawn(bias)
    var order = InlineArray<4096, Int32>(repeating: 0)
    var orderSpan = order.mutableSpan
    own.folded(with: 1).fillPermutation(&orderSpan, count: count)
    for label in 0..<count {
      episode.latent[first + label] = isIdentity ? Float(label) : Float(orderSpan[label])
    }
  }

  func drawInputs(_ key: RandomKey, into episode: inout Episode) {
    for i in 0..<innerLatentCount { episode.parts[0].latent[i] = episode.latent[i] }
    family.drawInputs(key, into: &episode.parts[0])
    swap(&episode.inputs, &episode.parts[0].inputs)
  }

  func drawTargets(_ key: RandomKey, into episode: inout Episode) {
    // The family reads its own inputs, which have become those of the episode.
    swap(&episode.inputs, &episode.parts[0].inputs)
    family.drawTargets(key, into: &episode.parts[0])
    swap(&episode.inputs, &episode.parts[0].inputs)
    for example in 0..<episodeShape.exampleCount {
      let label = Int(episode.parts[0].targets[example])
      episode.targets[example] = episode.latent[innerLatentCount + label]
    }
  }

  func oracle(under conditions: OracleConditions) -> any InContextLearner {
    var conditions = conditions
    // The family's learner knows its own tasks under their own labels only.
    conditions.tasks = nil
    return family.oracle(under: conditions)
  }
}
