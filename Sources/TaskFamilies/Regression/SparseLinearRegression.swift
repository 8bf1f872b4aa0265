package import Baselines
package import Configuration
package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input
//   S  weights that are not zero   A  coordinates that they may belong to

/// Linear regression in which few coordinates count.
///
/// One task is a weight vector `w ~ N(0, I)` of which all but `S` coordinates, uniform among the
/// first `A`, are set to zero: the latent. An example is `x ~ inputScale · N(0, I)`, or uniform, with
/// target `y = w · x + σ ε`, `ε ~ N(0, 1)`. Targets have the mean square `S · E x² + σ²`.
///
/// The optimal learner would average over all subsets; the strongest one in use is Lasso, with
/// penalty 0.01 if there is no noise.
///
/// Source: Garg et al. 2022, <https://arxiv.org/abs/2208.01066>. Their curriculum sets
/// inputs beyond the first `A` to zero and draws the coordinates of `w` among those `A`.
package struct SparseLinearRegression: FunctionFamily {
  package static let kind = FamilyKind.sparseLinearRegression
  package static let description = FamilyDescription(
    "y = w · x + noise, with weights w of each task of which only few are not zero.",
    source: "Garg et al. 2022", link: "https://arxiv.org/abs/2208.01066",
    oracle: "lasso, the strongest known")

  /// `D`
  package var dimension = 20
  /// `S`
  package var nonzeroCount = 3
  /// `A`; all coordinates if nil.
  package var activeDimension: Int?
  /// `N`
  package var exampleCount = 41
  /// `σ`
  package var noise: Float = 0
  package var inputs = InputDistribution.gaussian
  package var inputScale: Float = 1

  package static let settings: [Setting<Self>] = [
    Setting(dimension: \.dimension),
    Setting("nonzeroCount", \.nonzeroCount, in: 1...1024, "weights that are not zero"),
    Setting(
      "activeDimension", optional: \.activeDimension, in: 1...1024,
      "how many of the first coordinates may have such weights; all of them if null"),
    Setting(exampleCount: \.exampleCount), Setting(noise: \.noise), Setting(inputs: \.inputs),
    Setting(inputScale: \.inputScale),
  ]

  package init() {}

  package func check() throws(SettingProblem) {
    if let activeDimension, activeDimension > dimension {
      throw SettingProblem(
        "activeDimension", "\(activeDimension) coordinates of only \(dimension)")
    }
    guard nonzeroCount <= eligibleCount else {
      throw SettingProblem("nonzeroCount", "\(nonzeroCount) weights of only \(eligibleCount)")
    }
  }

  private var eligibleCount: Int { activeDimension ?? dimension }

  package var episodeShape: EpisodeShape {
    EpisodeShape(
      exampleCount: exampleCount, inputDimension: dimension, target: .real, latentCount: dimension)
  }

  package var weights: Range<Int>? { 0..<dimension }

  package func drawTask(_ key: RandomKey, into episode: inout Episode) {
    var weights = episode.latent.mutableSpan
    key.folded(with: .weights).fillNormals(&weights)
    weights.keepRandomSubset(
      nonzeroCount, ofFirst: eligibleCount, key.folded(with: .coordinates))
  }

  /// - Complexity: O(N·D), without allocations.
  package func addValues(
    of latent: Span<Float>, at inputs: Span<Float>, to targets: inout MutableSpan<Float>
  ) {
    targets.addProducts(of: latent, with: inputs)
  }

  /// The penalty that was best for Garg et al. without noise, or as much as noise adds to the mean
  /// product of a residual and a coordinate after as many examples as there are coordinates.
  package func oracle(noiseVariance: Double, weightScale: Double) -> any InContextLearner {
    let deviation = inputs.variance(scale: inputScale).squareRoot()
    let least = 0.01 * weightScale * deviation * deviation
    return Lasso(
      penalty: max(least, deviation * (noiseVariance / Double(dimension)).squareRoot()))
  }

  package func oracle(of tasks: [[Float]], noiseVariance: Double) -> any InContextLearner {
    linearOracle(of: tasks, noiseVariance: noiseVariance)
  }

  package var baselines: [any InContextLearner] {
    [ZeroPredictor(), Averaging(), NearestNeighbors(3), LeastSquares()]
  }
}
