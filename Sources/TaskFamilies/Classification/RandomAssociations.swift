package import Baselines
package import Configuration
package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input
//   R  items of a task             C  labels

/// Random inputs with random labels, which repeat.
///
/// One task is `R` items `x ~ N(0, I)`, each with a label uniform among `C`. An example is one of the
/// items with its label: each with equal chances, or one after the other, again and again. Nothing
/// generalises from one item to another, so the labels of new items are guesses and those of
/// repeated ones are known to whoever remembers.
///
/// The latent holds the items, `[R, D]`, and their labels, `[R]`.
///
/// Source: the probe with random data of Kirsch et al. 2022, <https://arxiv.org/abs/2212.04458>.
package struct RandomAssociations: TaskFamily, FamilySettings {
  /// In which order the items appear.
  package enum Order: String, Codable, CaseIterable, Sendable {
    /// Each with equal chances in every place.
    case random
    /// One after the other, and again from the first.
    case cyclic
  }

  package static let kind = FamilyKind.randomAssociations
  package static let description = FamilyDescription(
    "Random inputs with random labels, which repeat: nothing to learn but to remember.",
    source: "Kirsch et al. 2022, the probe with random data",
    link: "https://arxiv.org/abs/2212.04458",
    oracle: "nearestNeighbors1, which recalls what it has seen; the rest are guesses")

  /// `R`
  package var itemCount = 8
  /// `C`
  package var classCount = 5
  /// `D`
  package var inputDimension = 16
  /// `N`
  package var exampleCount = 24
  package var order = Order.random

  package static let settings: [Setting<Self>] = [
    Setting("itemCount", \.itemCount, in: 1...4096, "different inputs of a task"),
    Setting("classCount", \.classCount, in: 2...4096, "labels"),
    Setting("inputDimension", \.inputDimension, in: 1...4096, "dimension of an input"),
    Setting("exampleCount", \.exampleCount, in: 1...4096, "examples of an episode"),
    Setting("order", choice: \.order, "in which the items appear"),
  ]

  package init() {}

  private var labelOffset: Int { itemCount * inputDimension }

  package var episodeShape: EpisodeShape {
    EpisodeShape(
      exampleCount: exampleCount, inputDimension: inputDimension, target: .classes(classCount),
      latentCount: itemCount * (inputDimension + 1))
  }

  package func drawTask(_ key: RandomKey, into episode: inout Episode) {
    var latent = episode.latent.mutableSpan
    key.folded(with: .inputs).fillNormals(&latent, range: 0..<labelOffset)
    let labelKey = key.folded(with: .labels)
    for item in 0..<itemCount {
      latent[labelOffset + item] = Float(
        labelKey.folded(with: item).uniformInteger(below: classCount))
    }
  }

  /// - Complexity: O(N·D), without allocations.
  package func drawInputs(_ key: RandomKey, into episode: inout Episode) {
    drawExamples(
      key.folded(with: .inputs), latent: episode.latent, inputs: &episode.inputs,
      targets: &episode.targets)
  }

  private func drawExamples(
    _ key: RandomKey, latent: [Float], inputs: inout [Float], targets: inout [Float]
  ) {
    let width = inputDimension
    let latent = latent.span
    var inputs = inputs.mutableSpan
    var targets = targets.mutableSpan
    for example in 0..<exampleCount {
      let item =
        switch order {
        case .random: key.folded(with: example).uniformInteger(below: itemCount)
        case .cyclic: example % itemCount
        }
      targets[example] = latent[labelOffset + item]
      for i in 0..<width { inputs[example * width + i] = latent[item * width + i] }
    }
  }

  /// Nothing: an item brings its label.
  package func drawTargets(_ key: RandomKey, into episode: inout Episode) {}

  package func oracle(under conditions: OracleConditions) -> any InContextLearner {
    NearestNeighbors(1)
  }

  package var baselines: [any InContextLearner] { episodeShape.classifiers }
}
