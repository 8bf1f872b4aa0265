import Baselines
package import Configuration
package import Episodes

/// What the episodes of ``GINC`` are.
package enum GINCForm: String, Codable, CaseIterable, Sendable {
  /// Text as one model says it, to train on.
  case documents
  /// Examples with delimiters between them, each begun anew, to evaluate in-context learning.
  case prompts
}

/// The settings of ``GINC``.
package struct GINCSettings: FamilySettings {
  package static let kind = FamilyKind.ginc
  package static let description = FamilyDescription(
    "Text of one of a few hidden Markov models, or prompts of examples that one of them says.",
    source: "Xie et al. 2021", link: "https://arxiv.org/abs/2111.02080",
    oracle: "hiddenMarkovPosterior over the models of pretraining, exact for documents and prompts "
      + "of theirs")

  /// Values times slots, and so hidden states, are at most as many: labels are inferred on the
  /// stack.
  package static let largestStateCount = 1024

  package var valueCount = 10
  package var slotCount = 10
  /// `C`
  package var vocabulary = 50
  package var modelCount = 10
  package var identityWeight: Float = 0.9
  package var form = GINCForm.documents
  /// `k`
  package var exampleLength = 10
  package var outOfDistribution = false
  package var corpusSeed = 0
  /// `N`
  package var exampleCount = 255

  package static let settings: [Setting<Self>] = [
    Setting(
      "valueCount", \.valueCount, in: 2...64, "values, of which a text keeps one for a while"),
    Setting("slotCount", \.slotCount, in: 2...64, "slots, through which a text goes in an order"),
    Setting("vocabulary", \.vocabulary, in: 2...1024, "tokens, the delimiter among them"),
    Setting(
      "modelCount", \.modelCount, in: 2...64,
      "hidden Markov models, the first half of them for pretraining"),
    Setting(
      "identityWeight", \.identityWeight, in: 0...1, "how much more likely a value is to stay"),
    Setting("form", choice: \.form, "whether episodes are text or prompts"),
    Setting(
      "exampleLength", \.exampleLength, in: 2...256,
      "tokens of an example of a prompt, of which the last is to be predicted"),
    Setting(
      "outOfDistribution", flag: \.outOfDistribution,
      "whether models are those that are not for pretraining"),
    Setting("corpusSeed", \.corpusSeed, in: 0...Int.max, "names the models and their symbols"),
    Setting("exampleCount", \.exampleCount, in: 1...4096, "tokens of an episode but the last"),
  ]

  package init() {}

  package func check() throws(SettingProblem) {
    guard valueCount * slotCount <= Self.largestStateCount else {
      throw SettingProblem(
        "slotCount",
        "\(valueCount) values make \(valueCount * slotCount) hidden states with them, "
          + "at most \(Self.largestStateCount) are possible")
    }
  }

  package var episodeShape: EpisodeShape {
    EpisodeShape(
      exampleCount: exampleCount, inputDimension: 1, target: .tokens(vocabulary), latentCount: 2)
  }

  /// The places of a prompt at which the last token of an example is predicted: that of the `n`th
  /// after `n` examples, counted from zero. Empty for documents.
  package var answerPlaces: [Int] {
    switch form {
    case .documents: []
    case .prompts: Array(stride(from: exampleLength - 2, to: exampleCount, by: exampleLength + 1))
    }
  }

  package func makeFamily() -> any TaskFamily { GINC(self) }
}
