package import Configuration
package import Episodes
package import RandomKeys

/// The examples of another family in another random order.
///
/// With one key an episode has the examples that it has without this shift: what changes in a learner's
/// last prediction is due to their order alone. The last example stays where it is. Source: Lu et al.
/// 2022, <https://arxiv.org/abs/2104.08786>.
package struct PermutedOrder: Shift {
  package static let kind = FamilyKind.permutedOrder
  package static let description = FamilyDescription(
    "The same examples in another random order, but for the last one.",
    source: "Lu et al. 2022", link: "https://arxiv.org/abs/2104.08786",
    oracle: "that of the family")

  package var family = FamilyConfiguration(LinearRegression())

  package static let settings: [Setting<Self>] = [Setting(family: \.family)]

  package init() {}

  package func check() throws(SettingProblem) { try requireVectors() }

  package func changeTargets(_ key: RandomKey, _ episode: inout Episode) {
    let dimension = episode.shape.inputDimension
    let context = episode.shape.exampleCount - 1
    for example in 0..<context {
      let other = example + key.folded(with: example).uniformInteger(below: context - example)
      episode.targets.swapAt(example, other)
      for i in 0..<dimension {
        episode.inputs.swapAt(example * dimension + i, other * dimension + i)
      }
    }
  }
}
