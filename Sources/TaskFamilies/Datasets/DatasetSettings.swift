package import Configuration
package import Episodes
package import Storage

/// The settings of ``DatasetClassification``.
///
/// The extents of its episodes are among them, so that an experiment can be checked without the
/// files.
package struct DatasetSettings: FamilySettings {
  package static let kind = FamilyKind.datasetClassification
  package static let description = FamilyDescription(
    "Items of a dataset, such as images, with their own labels.",
    source: "Kirsch et al. 2022, section 3, the base of its augmentation",
    link: "https://arxiv.org/abs/2212.04458",
    oracle: "nearestNeighbors1, the strongest of our learners that has seen no other items")

  package var dataset = DatasetSource {
    $0.format = .csv
    $0.path = "datasets/iris.csv"
    $0.labels = "species"
    $0.scaling = .feature
  }
  /// `C`
  package var classCount = 3
  /// `D`
  package var inputDimension = 4
  /// `N`
  package var exampleCount = 24
  package var part = DatasetPart.all
  package var testShare = 0.1
  package var splitSeed = 0
  package var balanced = false
  package var replacement = true

  package static let settings: [Setting<Self>] = [
    Setting(
      "dataset", required: \.dataset, limits: "a dataset",
      "the files of the items: " + DatasetSource.settings.map(\.name).joined(separator: ", ")),
    Setting("classCount", \.classCount, in: 2...4096, "labels; the dataset may have fewer"),
    Setting("inputDimension", \.inputDimension, in: 1...16384, "numbers of an item"),
    Setting("exampleCount", \.exampleCount, in: 1...4096, "examples of an episode"),
    Setting("part", choice: \.part, "the items that are drawn"),
    Setting("testShare", \.testShare, in: 0...1, "share of the items that are kept for tests"),
    Setting("splitSeed", \.splitSeed, in: 0...Int.max, "names the items that are kept for tests"),
    Setting(
      "balanced", flag: \.balanced,
      "whether an example's class is drawn first, each with equal chances"),
    Setting("replacement", flag: \.replacement, "whether an item can be drawn twice in an episode"),
  ]

  package init() {}

  package var episodeShape: EpisodeShape {
    EpisodeShape(
      exampleCount: exampleCount, inputDimension: inputDimension, target: .classes(classCount))
  }

  /// - Throws: what is wrong with the files; ``ConfigurationError`` if they hold another kind of
  ///   items than the settings declare.
  package func makeFamily() throws -> any TaskFamily {
    try DatasetClassification(self, try LabeledItems(dataset))
  }
}
