package import Baselines
package import Configuration
package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input
//   M  monomials, D (D + 1) / 2    S  monomials of a task

/// Regression on few of the products of two coordinates.
///
/// The `M` monomials are `xᵢ xⱼ` with `i ≤ j`, in the order `x₁ x₁`, `x₁ x₂`, …, `x₂ x₂`, …. One task
/// is a weight vector of `[M]`, the latent: `N(0, 1)` for `S` monomials, uniform among all such sets,
/// and zero for the others. An example is `x ~ inputScale · N(0, I)`, or uniform, with target
/// `y = Σ w_m m(x) / √S + σ ε`, `ε ~ N(0, 1)`. For standard normal inputs targets have the mean square
/// `(D + 5)/(D + 1) + σ²`, as a square has the mean square 3 and the other monomials 1.
///
/// The optimal learner would average over all sets of monomials; the strongest one in use is Lasso
/// on the monomials.
///
/// Source: Panwar et al. 2024, <https://arxiv.org/abs/2306.04891>, and its code: `D` 10, `S` 10 and
/// 125 examples, each task with a set of its own (`randomS` there).
package struct MonomialRegression: FunctionFamily {
  package static let kind = FamilyKind.monomialRegression
  package static let description = FamilyDescription(
    "y = Σ w m(x) / √S + noise, over a few monomials of degree 2, which each task chooses.",
    source: "Panwar et al. 2024 and its code", link: "https://arxiv.org/abs/2306.04891",
    oracle: "lasso on the monomials, the strongest known")
  /// The largest `D`: the order of monomials is drawn on the stack.
  package static let largestDimension = 44

  /// `D`
  package var dimension = 10
  /// `S`
  package var monomialCount = 10
  /// `N`
  package var exampleCount = 125
  /// `σ`
  package var noise: Float = 0
  package var inputs = InputDistribution.gaussian
  package var inputScale: Float = 1

  package static let settings: [Setting<Self>] = [
    Setting("dimension", \.dimension, in: 1...largestDimension, "dimension of an input"),
    Setting("monomialCount", \.monomialCount, in: 1...990, "monomials of a task"),
    Setting(exampleCount: \.exampleCount), Setting(noise: \.noise), Setting(inputs: \.inputs),
    Setting(inputScale: \.inputScale),
  ]

  package init() {}

  package func check() throws(SettingProblem) {
    guard monomialCount <= featureCount else {
      throw SettingProblem("monomialCount", "\(monomialCount) monomials of only \(featureCount)")
    }
  }

  /// `M`
  private var featureCount: Int { dimension * (dimension + 1) / 2 }

  package var episodeShape: EpisodeShape {
    EpisodeShape(
      exampleCount: exampleCount, inputDimension: dimension, target: .real,
      latentCount: featureCount)
  }

  package var weights: Range<Int>? { 0..<featureCount }

  package func drawTask(_ key: RandomKey, into episode: inout Episode) {
    var weights = episode.latent.mutableSpan
    key.folded(with: .weights).fillNormals(&weights)
    weights.keepRandomSubset(
      monomialCount, ofFirst: featureCount, key.folded(with: .coordinates))
  }

  /// - Complexity: O(D² + N·S), without allocations.
  package func addValues(
    of latent: Span<Float>, at inputs: Span<Float>, to targets: inout MutableSpan<Float>
  ) {
    let width = dimension
    precondition(
      latent.count == featureCount && inputs.count == targets.count * width,
      "A weight for each monomial, a row for each target.")
    let scale = 1 / Float(monomialCount).squareRoot()
    var monomial = 0
    for i in 0..<width {
      for j in i..<width {
        let weight = scale * latent[unchecked: monomial]
        monomial += 1
        if weight == 0 { continue }
        // In bounds by the precondition.
        for example in 0..<targets.count {
          let row = example &* width
          let product = inputs[unchecked: row &+ i] * inputs[unchecked: row &+ j]
          targets[unchecked: example] += weight * product
        }
      }
    }
  }

  package func oracle(noiseVariance: Double, weightScale: Double) -> any InContextLearner {
    // Features are scaled by 1/√S, and so are what Lasso compares with its penalty.
    let share = 1 / Double(monomialCount).squareRoot()
    let deviation = share * inputs.variance(scale: inputScale)
    let penalty =
      deviation
      * max(
        0.01 * weightScale * deviation, (noiseVariance / Double(featureCount)).squareRoot())
    return FeatureLearner(Lasso(penalty: penalty), on: "Monomials") { features(of: $0) }
  }

  package var baselines: [any InContextLearner] {
    [
      ZeroPredictor(), NearestNeighbors(3), LeastSquares(),
      FeatureLearner(LeastSquares(), on: "Monomials") { features(of: $0) },
    ]
  }
}
