package import Baselines
package import Configuration
package import Episodes
package import RandomKeys

// Dimension key
//   P  pairs of an episode      V  keys      C  values

/// How the pairs of ``AssociativeRecall`` are shown.
package enum RecallForm: String, Codable, CaseIterable, Sendable {
  /// An input is a key as a one-hot vector, its target the class of the value.
  case examples
  /// Tokens `k₁ v₁ k₂ v₂ …`; keys have the first numbers and values those behind.
  case sequence
}

/// Keys with random values, to be recalled when a key comes again.
///
/// One task is a value for each key, uniform and independent, kept as the latent. An episode is `P`
/// pairs of a key, uniform and independent, with its value. The optimal learner recalls the value
/// of a key that was there, and calls all values alike for one that was not.
///
/// Source: Ba et al. 2016, <https://arxiv.org/abs/1610.06258>, for the sequence; Lee et
/// al. 2023, <https://arxiv.org/abs/2310.08049>, as a task of in-context learning.
package struct AssociativeRecall: TaskFamily, FamilySettings {
  package static let kind = FamilyKind.associativeRecall
  package static let group = FamilyGroup.sequences
  package static let description = FamilyDescription(
    "Pairs of a key and its random value; the value is to be recalled when the key comes again.",
    source: "Ba et al. 2016; Lee et al. 2023",
    link: "https://arxiv.org/abs/1610.06258",
    oracle: "exactRecall: certain for a key that was there, uniform for one that was not")

  /// `V`
  package var keyCount = 16
  /// `C`
  package var valueCount = 8
  package var form = RecallForm.examples
  /// `P`
  package var exampleCount = 32

  package static let settings: [Setting<Self>] = [
    Setting("keyCount", \.keyCount, in: 1...1024, "different keys"),
    Setting("valueCount", \.valueCount, in: 2...1024, "values that a key may have"),
    Setting("form", choice: \.form, "how pairs are shown"),
    Setting("exampleCount", \.exampleCount, in: 1...2048, "pairs of an episode"),
  ]

  package init() {}

  package var episodeShape: EpisodeShape {
    switch form {
    case .examples:
      EpisodeShape(
        exampleCount: exampleCount, inputDimension: keyCount, target: .classes(valueCount),
        latentCount: keyCount)
    case .sequence:
      EpisodeShape(
        exampleCount: 2 * exampleCount - 1, inputDimension: 1,
        target: .tokens(keyCount + valueCount), latentCount: keyCount)
    }
  }

  /// The places at which values are predicted, `[P]`.
  package var answerPlaces: [Int] {
    switch form {
    case .examples: Array(0..<exampleCount)
    case .sequence: (0..<exampleCount).map { 2 * $0 }
    }
  }

  package func oracle(under conditions: OracleConditions) -> any InContextLearner {
    switch form {
    case .examples: ExactRecall()
    case .sequence: ExactRecall(keyCount: keyCount)
    }
  }

  package var baselines: [any InContextLearner] {
    switch form {
    case .examples: [ZeroPredictor(), MajorityClass(), NearestNeighbors(1)]
    case .sequence: [ZeroPredictor(), NGramPosterior(order: 1), NGramPosterior(order: 2)]
    }
  }

  package func drawTask(_ key: RandomKey, into episode: inout Episode) {
    var values = episode.latent.mutableSpan
    key.fillUniforms(&values, in: 0..<Float(valueCount))
    for i in 0..<keyCount { values[i] = Float(Int(values[i])) }
  }

  /// - Complexity: O(P·V), without allocations.
  package func drawInputs(_ key: RandomKey, into episode: inout Episode) {
    let values = episode.latent
    switch form {
    case .examples: fillExamples(key, &episode.inputs, &episode.targets)
    case .sequence: fillSequence(key, values.span, &episode.inputs)
    }
  }

  private func fillExamples(
    _ key: RandomKey, _ inputs: inout [Float], _ targets: inout [Float]
  ) {
    var inputs = inputs.mutableSpan
    // Keys on their way to the inputs; targets come later.
    var keys = targets.mutableSpan
    key.folded(with: .inputs).fillUniforms(&keys, in: 0..<Float(keyCount))
    for i in 0..<inputs.count { inputs[i] = 0 }
    for example in 0..<exampleCount { inputs[example * keyCount + Int(keys[example])] = 1 }
  }

  private func fillSequence(_ key: RandomKey, _ values: Span<Float>, _ inputs: inout [Float]) {
    var inputs = inputs.mutableSpan
    key.folded(with: .inputs).fillUniforms(&inputs, in: 0..<Float(keyCount))
    for pair in 0..<exampleCount {
      let key = Int(inputs[2 * pair])
      inputs[2 * pair] = Float(key)
      if pair < exampleCount - 1 { inputs[2 * pair + 1] = Float(keyCount) + values[key] }
    }
  }

  package func drawTargets(_ key: RandomKey, into episode: inout Episode) {
    let (values, inputs) = (episode.latent, episode.inputs)
    fillTargets(values.span, inputs.span, &episode.targets)
  }

  private func fillTargets(_ values: Span<Float>, _ inputs: Span<Float>, _ targets: inout [Float]) {
    var targets = targets.mutableSpan
    switch form {
    case .examples:
      for example in 0..<exampleCount {
        var key = 0
        while key < keyCount - 1, inputs[example * keyCount + key] != 1 { key += 1 }
        targets[example] = values[key]
      }
    case .sequence:
      let last = targets.count - 1
      for place in 0..<last { targets[place] = inputs[place + 1] }
      targets[last] = Float(keyCount) + values[Int(inputs[last])]
    }
  }
}
