package import Configuration
package import Episodes

/// The settings of ``PrototypeClassification``.
package struct PrototypeSettings: FamilySettings {
  package static let kind = FamilyKind.prototypeClassification
  package static let description = FamilyDescription(
    "Classes around prototypes, seen through a random projection under random labels.",
    source: "Kirsch et al. 2022, section 3, with Gaussian prototypes in place of images",
    link: "https://arxiv.org/abs/2212.04458",
    oracle: "bayesianDiscriminant, the strongest known; it does not know a fixed base")

  /// `C`
  package var classCount = 5
  /// As many as there are labels if nil.
  package var minimumClassCount: Int?
  /// `K`
  package var latentDimension = 16
  /// `D`
  package var inputDimension = 16
  /// `s`
  package var spread: Float = 0.5
  package var base = PrototypeBase.fixed
  package var baseSeed = 0
  package var labelBias: Float = 0
  /// `N`
  package var exampleCount = 24

  package static let settings: [Setting<Self>] = [
    Setting(
      "classCount", \.classCount, in: 2...PrototypeClassification.largestClassCount,
      "labels, and prototypes"),
    Setting(
      "minimumClassCount", optional: \.minimumClassCount,
      in: 2...PrototypeClassification.largestClassCount,
      "least number of classes of a task; all of them if null"),
    Setting(
      "latentDimension", \.latentDimension, in: 1...PrototypeClassification.largestLatentDimension,
      "dimension of the space of prototypes"),
    Setting("inputDimension", \.inputDimension, in: 1...1024, "dimension of an input"),
    Setting(
      "spread", \.spread, in: 1e-3...1e3, "standard deviation of items around their prototype"),
    Setting("base", choice: \.base, "whether all tasks share their prototypes"),
    Setting("baseSeed", \.baseSeed, in: 0...Int.max, "names the prototypes of a fixed base"),
    Setting(
      "labelBias", \.labelBias, in: 0...1,
      "probability of a task whose labels are the numbers of its prototypes, not random"),
    Setting("exampleCount", \.exampleCount, in: 1...4096, "examples of an episode"),
  ]

  package init() {}

  package func check() throws(SettingProblem) {
    guard leastClassCount <= classCount else {
      throw SettingProblem("minimumClassCount", "\(leastClassCount) classes of only \(classCount)")
    }
    guard labelBias == 0 || base == .fixed else {
      throw SettingProblem("labelBias", "needs a fixed base; fresh prototypes have no numbers")
    }
  }

  package var leastClassCount: Int { minimumClassCount ?? classCount }

  package var episodeShape: EpisodeShape {
    let prototypeCount = base == .fresh ? classCount * latentDimension : 0
    return EpisodeShape(
      exampleCount: exampleCount, inputDimension: inputDimension, target: .classes(classCount),
      latentCount: 1 + 2 * classCount + inputDimension * latentDimension + prototypeCount)
  }

  /// Prototypes of another seed, behind the same projections and labels.
  package var anotherBase: FamilyConfiguration? {
    guard base == .fixed else { return nil }
    var settings = self
    settings.baseSeed = baseSeed == .max ? 0 : baseSeed + 1
    return FamilyConfiguration(settings)
  }

  package func makeFamily() -> any TaskFamily { PrototypeClassification(self) }
}
