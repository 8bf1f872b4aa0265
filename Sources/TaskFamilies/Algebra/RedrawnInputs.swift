package import Configuration
package import Episodes
package import RandomKeys

/// Inputs from another distribution, as long together as those of another family.
///
/// Every coordinate is drawn anew, from a distribution with heavier tails or of positive numbers; then all inputs of an episode are multiplied with one factor, so that the sum of their
/// squares is that of the inputs in whose place they stand. Targets of functions are those of the new
/// inputs.
///
/// Source: von Oswald et al. 2022, its code, which divides normal, exponential and Laplace inputs by
/// their norm over the context, <https://arxiv.org/abs/2212.07677>.
package struct RedrawnInputs: Shift {
  package enum Distribution: String, Codable, CaseIterable, Sendable {
    case gaussian
    /// Positive numbers.
    case exponential
    case laplace
  }

  package static let kind = FamilyKind.redrawnInputs
  package static let description = FamilyDescription(
    "Inputs from another distribution, with the norm of those of another family.",
    source: "von Oswald et al. 2022, its code", link: "https://arxiv.org/abs/2212.07677",
    oracle: "that of the family")

  package var distribution = Distribution.exponential
  package var family = FamilyConfiguration(LinearRegression())

  package static let settings: [Setting<Self>] = [
    Setting("distribution", choice: \.distribution, "how coordinates are distributed"),
    Setting(family: \.family),
  ]

  package init() {}

  package func check() throws(SettingProblem) { try requireVectors() }

  package func changeInputs(_ key: RandomKey, _ episode: inout Episode) {
    var inputs = episode.inputs.mutableSpan
    let before = Self.squares(inputs.span)
    switch distribution {
    case .gaussian: key.fillNormals(&inputs)
    case .exponential: key.fillExponentials(&inputs)
    case .laplace: fillLaplace(&inputs, key)
    }
    let after = Self.squares(inputs.span)
    let scale = after > 0 ? Float((before / after).squareRoot()) : 0
    for i in 0..<inputs.count { inputs[unchecked: i] *= scale }
  }

  /// Exponential numbers, each with a sign of its own.
  private func fillLaplace(_ numbers: inout MutableSpan<Float>, _ key: RandomKey) {
    key.fillExponentials(&numbers)
    var signs = InlineArray<64, Float>(repeating: 0)
    for start in stride(from: 0, to: numbers.count, by: 64) {
      var span = signs.mutableSpan
      key.folded(with: start).fillUniforms(&span, in: -1..<1)
      for i in start..<min(start + 64, numbers.count) where signs[i - start] < 0 {
        numbers[i] = -numbers[i]
      }
    }
  }

  private static func squares(_ numbers: Span<Float>) -> Double {
    var sum = 0.0
    for i in 0..<numbers.count { sum += Double(numbers[i]) * Double(numbers[i]) }
    return sum
  }
}
