package import Baselines
package import Configuration
package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input      K  coordinates in the parity

/// The parity of a few unknown coordinates.
///
/// One task is a set of `K` coordinates, all sets being equally likely: the latent, `[K]`, ascending.
/// An example is `x` uniform in `{-1, 1}ᴰ`, of class 1 where the product of these coordinates is
/// positive, else of class 0.
///
/// Sources: Park et al. 2024, <https://arxiv.org/abs/2402.04248>, with `K = 2` of `D = 10` and 140
/// examples; Bhattamishra et al. 2023, <https://arxiv.org/abs/2310.03016>, with `K = 2`, where class 1 is
/// that of an odd number of positive coordinates, which for even `K` is the other one.
package struct SparseParity: TaskFamily, FamilySettings {
  /// The largest `D`: coordinates are permuted on the stack.
  package static let largestDimension = 64

  package static let kind = FamilyKind.sparseParity
  package static let group = FamilyGroup.boolean
  package static let description = FamilyDescription(
    "The sign of the product of a few unknown coordinates of x in {-1, 1}ᴰ.",
    source: "Park et al. 2024", link: "https://arxiv.org/abs/2402.04248",
    oracle:
      "parityVersionSpace, optimal, for up to 100,000 sets; else gradientBoostedTrees, the strongest known"
  )

  /// `D`
  package var dimension = 10
  /// `K`
  package var size = 2
  /// `N`
  package var exampleCount = 140

  package static let settings: [Setting<Self>] = [
    Setting("dimension", \.dimension, in: 1...largestDimension, "dimension of an input"),
    Setting("size", \.size, in: 1...largestDimension, "coordinates whose parity is the class"),
    Setting("exampleCount", \.exampleCount, in: 1...4096, "examples of an episode"),
  ]

  package init() {}

  package func check() throws(SettingProblem) {
    guard size <= dimension else {
      throw SettingProblem("size", "\(size) coordinates of only \(dimension)")
    }
  }

  package var episodeShape: EpisodeShape {
    EpisodeShape(
      exampleCount: exampleCount, inputDimension: dimension, target: .classes(2), latentCount: size)
  }

  package func drawTask(_ key: RandomKey, into episode: inout Episode) {
    var order = InlineArray<64, Int32>(repeating: 0)
    var places = order.mutableSpan
    key.fillPermutation(&places, count: dimension)
    var isInSet: UInt64 = 0
    for i in 0..<size { isInSet |= 1 &<< UInt64(places[i]) }
    var latent = episode.latent.mutableSpan
    for i in 0..<size {
      latent[i] = Float(isInSet.trailingZeroBitCount)
      isInSet &= isInSet &- 1
    }
  }

  package func drawInputs(_ key: RandomKey, into episode: inout Episode) {
    var inputs = episode.inputs.mutableSpan
    key.folded(with: .inputs).fillSigns(&inputs)
  }

  /// - Complexity: O(N·K), without allocations.
  package func drawTargets(_ key: RandomKey, into episode: inout Episode) {
    let (latent, inputs) = (episode.latent, episode.inputs)
    let rows = inputs.span
    var targets = episode.targets.mutableSpan
    for example in 0..<targets.count { targets[example] = 1 }
    for index in 0..<size {
      let place = Int(latent[index])
      for example in 0..<targets.count {
        targets[example] *= rows[example * dimension + place]
      }
    }
    for example in 0..<targets.count { targets[example] = targets[example] > 0 ? 1 : 0 }
  }

  /// The Bayes-optimal learner, unless there are too many sets to go through; then the strongest known.
  package func oracle(under conditions: OracleConditions) -> any InContextLearner {
    guard setCount <= Self.mostSets else { return GradientBoostedTrees() }
    return VersionSpaceLearner.sparseParity(
      dimension: dimension, size: size, convention: .signs)
  }

  /// The most sets that the oracle goes through.
  private static let mostSets = 100_000.0

  /// How many sets there are, `D` over `K`.
  private var setCount: Double {
    (0..<size).reduce(1) { $0 * Double(dimension - $1) / Double($1 + 1) }
  }

  package var baselines: [any InContextLearner] {
    [MajorityClass(), NearestNeighbors(1), LogisticRegression()]
  }
}
