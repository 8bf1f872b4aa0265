package import Configuration
package import Episodes

/// The settings of ``BurstyPrototypes``, with the names of the paper in their meanings.
///
/// Its three tests of a model that was trained with some settings, all with the same `corpusSeed`:
/// * in-context learning: `burstyShare` and `novelShare` 1;
/// * in-context learning against what the weights know: `burstyShare` 1, `novelShare` 0 and
///   `swappedLabels`;
/// * in-weights learning: `burstyShare` and `novelShare` 0, with `unseenQuery` if no copies of the
///   query may be in the context by chance either.
package struct BurstySettings: FamilySettings {
  package static let kind = FamilyKind.burstyPrototypes
  package static let description = FamilyDescription(
    "Contexts in which classes come in bursts, out of a fixed corpus of classes or a novel one.",
    source: "Reddy 2023", link: "https://arxiv.org/abs/2312.03002",
    oracle: "prototypeRecall, which knows the corpus and the settings; very close to optimal")

  /// `K`
  package var classCount = 512
  /// `L`
  package var labelCount = 32
  /// `D`
  package var dimension = 63
  /// `N + 1`
  package var exampleCount = 9
  /// `ε`
  package var spread: Float = 0.1
  /// `B`
  package var burstiness = 4
  /// `p_B`
  package var burstyShare: Float = 1
  /// `p_C`
  package var novelShare: Float = 0
  package var novelClassCount = 128
  /// `α`
  package var zipfExponent: Float = 0
  package var distinctLabels = false
  package var swappedLabels = false
  package var unseenQuery = false
  package var corpusSeed = 0

  package static let settings: [Setting<Self>] = [
    Setting("classCount", \.classCount, in: 2...1 << 20, "classes of the corpus (K)"),
    Setting(
      "labelCount", \.labelCount, in: 2...BurstyPrototypes.largestLabelCount,
      "labels, each of equally many classes (L)"),
    Setting("dimension", \.dimension, in: 1...1024, "dimension of an input (D)"),
    Setting(
      "exampleCount", \.exampleCount, in: 2...BurstyPrototypes.largestContext + 1,
      "pairs of a context, and the query, which is the last example (N + 1)"),
    Setting("spread", \.spread, in: 1e-3...1e3, "variation of items within their class (ε)"),
    Setting(
      "burstiness", \.burstiness, in: 1...BurstyPrototypes.largestContext,
      "how often a class is in the context of a bursty sequence (B)"),
    Setting("burstyShare", \.burstyShare, in: 0...1, "probability of a bursty sequence (p_B)"),
    Setting(
      "novelShare", \.novelShare, in: 0...1,
      "probability of a bursty sequence of novel classes (p_C)"),
    Setting(
      "novelClassCount", \.novelClassCount, in: 2...1 << 20,
      "classes out of which a novel sequence takes its own"),
    Setting(
      "zipfExponent", \.zipfExponent, in: 0...8,
      "power of the rank with which frequencies of known classes fall, 0 for equal ones (α)"),
    Setting(
      "distinctLabels", flag: \.distinctLabels,
      "whether the classes of a bursty sequence have different labels"),
    Setting(
      "swappedLabels", flag: \.swappedLabels,
      "whether known classes have the label after their own, for a test"),
    Setting(
      "unseenQuery", flag: \.unseenQuery,
      "whether no example of the context is of the class of the query, for a test"),
    Setting("corpusSeed", \.corpusSeed, in: 0...Int.max, "names the corpus"),
  ]

  package init() {}

  /// `N`
  package var contextCount: Int { exampleCount - 1 }

  /// `M = N / B`, how many classes a bursty sequence has.
  package var burstCount: Int { contextCount / burstiness }

  package func check() throws(SettingProblem) {
    guard contextCount.isMultiple(of: burstiness) else {
      throw SettingProblem("burstiness", "a divisor of the \(contextCount) pairs of a context")
    }
    guard classCount.isMultiple(of: labelCount) else {
      throw SettingProblem("labelCount", "a divisor of the \(classCount) classes")
    }
    guard novelClassCount.isMultiple(of: labelCount) else {
      throw SettingProblem("novelClassCount", "a multiple of the \(labelCount) labels")
    }
    guard !distinctLabels || burstCount <= labelCount && zipfExponent == 0 else {
      throw SettingProblem(
        "distinctLabels",
        "as many labels as there are bursts, \(burstCount), and classes of equal frequency")
    }
    guard !unseenQuery || burstyShare == 0 && novelShare == 0 else {
      throw SettingProblem("unseenQuery", "sequences that are neither bursty nor novel")
    }
  }

  /// Novelty and burstiness; class, label and mean of each burst.
  package var episodeShape: EpisodeShape {
    EpisodeShape(
      exampleCount: exampleCount, inputDimension: dimension, target: .classes(labelCount),
      latentCount: 2 + burstCount * (2 + dimension))
  }

  package func makeFamily() -> any TaskFamily { BurstyPrototypes(self) }
}
